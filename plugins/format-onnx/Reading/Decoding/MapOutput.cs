namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>The output, beside decoded boxes or in their place, that held what a head reads anchor by anchor.</summary>
/// <param name="Name">Its name.</param>
internal sealed record MapOutput(string Name);
