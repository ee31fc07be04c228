using PluginPrune.Contracts.Plugins;

namespace PluginPrune.FormatOnnx;

/// <summary>Writes .onnx files.</summary>
[Plugin("pluginprune.format-onnx", Description = "Writes ONNX files", License = "Apache-2.0")]
public sealed class OnnxPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddFormat<OnnxOptions>(
            "onnx", "ONNX files, written with the standard operators alone", [OnnxFormat.Extension], static options => new OnnxFormat(options));
}
