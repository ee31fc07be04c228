namespace PluginPrune.Manifest;

/// <summary>Something that the plugin's author has to change before there can be a manifest.</summary>
/// <param name="code">The code that the build shows.</param>
/// <param name="message">What was found, what was wanted, what to do.</param>
internal sealed class ManifestFault(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
