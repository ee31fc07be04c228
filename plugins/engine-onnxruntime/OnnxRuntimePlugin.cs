using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EngineOnnxRuntime;

/// <summary>Registers the engine 'onnxruntime'.</summary>
[Plugin(
    "pluginprune.engine-onnxruntime",
    Description = "Runs networks in ONNX Runtime, which many are deployed with",
    License = "Apache-2.0",
    Capabilities = ["native"])]
public sealed class OnnxRuntimePlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddEngine<OnnxRuntimeOptions>(
            "onnxruntime",
            "Runs networks in ONNX Runtime, in single precision on the processor",
            static (options, services) => new OnnxRuntimeEngine(options, services));
    }
}
