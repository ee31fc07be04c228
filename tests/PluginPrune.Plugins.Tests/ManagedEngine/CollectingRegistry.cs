using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

internal sealed class CollectingRegistry : IPluginRegistry
{
    public List<Contribution> Contributions { get; } = [];

    public void Add(Contribution contribution) => Contributions.Add(contribution);
}
