using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Plugins;
using PluginPrune.EngineManaged;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>Gets the engine the way the host does: from what its plugin registers.</summary>
internal static class Engines
{
    public static IDoublePrecisionEngine Create(int threads)
    {
        var registry = new CollectingRegistry();
        new ManagedEnginePlugin().Register(registry);
        Contribution engine = registry.Contributions.Single();
        var options = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["threads"] = threads.ToString(CultureInfo.InvariantCulture),
        };
        return (IDoublePrecisionEngine)engine.Create(options);
    }
}
