using PluginPrune.Contracts.Plugins;
using PluginPrune.FormatOnnx.Heads;

namespace PluginPrune.FormatOnnx;

/// <summary>Reads and writes .onnx files.</summary>
[Plugin("pluginprune.format-onnx", Description = "Reads and writes ONNX files", License = "Apache-2.0")]
public sealed class OnnxPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        registry.AddFormat<OnnxOptions>(
            "onnx", "ONNX files of convolutional networks, written with the standard operators alone", [OnnxFormat.Extension], static options => new OnnxFormat(options));
        registry.AddHead<NoOptions>(BoxesHead.Kind, "Boxes that the network itself has decoded, as exported detectors give them", static _ => new BoxesHead());
    }
}
