namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>The output beside decoded boxes that held what a head reads.</summary>
/// <param name="Name">Its name.</param>
internal sealed record MapOutput(string Name);
