using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EngineTorch;

/// <summary>Registers the engine 'torch'.</summary>
[Plugin(
    "pluginprune.engine-torch",
    Description = "Runs networks with libtorch, on the processor and on CUDA",
    License = "Apache-2.0",
    Capabilities = ["native", "process"])]
public sealed class TorchPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddEngine<TorchEngineOptions>(
            "torch",
            "Runs networks with libtorch, on the processor or on CUDA",
            static options => new TorchEngine(options));
    }
}
