using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>Gets the engine the way the host does: from what its plugin registers.</summary>
internal static class Engines
{
    public static IDoublePrecisionEngine Create(int threads) =>
        PluginFactory.Create<ManagedEnginePlugin, IDoublePrecisionEngine>("managed", ("threads", threads.ToString(CultureInfo.InvariantCulture)));
}
