using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EngineManaged;

/// <summary>Registers the engine 'managed'.</summary>
[Plugin("pluginprune.engine-managed", Description = "The embedded engine: plain C#, no native library, runs every network", License = "Apache-2.0")]
public sealed class ManagedEnginePlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddEngine<ManagedEngineOptions>(
            "managed",
            "Runs networks in plain C#, in single or double precision",
            static options => new ManagedEngine(options));
    }
}
