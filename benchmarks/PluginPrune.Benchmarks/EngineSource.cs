using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Plugins;
using PluginPrune.EngineManaged;

namespace PluginPrune.Benchmarks;

/// <summary>Takes the engine from its plugin, as the host does.</summary>
internal sealed class EngineSource : IPluginRegistry, IHostServices
{
    private Contribution? _engine;

    public static IDoublePrecisionEngine Create()
    {
        var source = new EngineSource();
        new ManagedEnginePlugin().Register(source);
        return (IDoublePrecisionEngine)source._engine!.Create(new Dictionary<string, string>(StringComparer.Ordinal), source);
    }

    public IModelFormat FindFormat(string name, IReadOnlyDictionary<string, string> options) =>
        throw new ContributionNotFoundException($"There are no formats here, so '{name}' is none of them.");

    public void Add(Contribution contribution) => _engine = contribution;
}
