using PluginPrune.Contracts.Plugins;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Collects what a plugin registers, as the host does.</summary>
internal sealed class Contributions : IPluginRegistry
{
    private readonly List<Contribution> _all = [];

    public static T Create<T>(IPlugin plugin, string name, params (string Option, string Value)[] options)
    {
        var registry = new Contributions();
        plugin.Register(registry);
        return (T)registry._all.Single(contribution => contribution.Name == name)
            .Create(options.ToDictionary(static pair => pair.Option, static pair => pair.Value, StringComparer.Ordinal), new PluginServices());
    }

    public void Add(Contribution contribution) => _all.Add(contribution);
}
