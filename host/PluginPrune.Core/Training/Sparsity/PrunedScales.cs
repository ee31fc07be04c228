using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Training;

/// <summary>The batch norms whose scales decide in pruning, and that are therefore pulled in sparse training.</summary>
public static class PrunedScales
{
    /// <summary>Their nodes' ids in the network's order; those of layers whose channels must all stay are left out.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scope">Which layers take part.</param>
    /// <param name="kept">Layers that nothing will go from; null for none.</param>
    public static ImmutableArray<string> Of(Network network, PruningScope scope, KeptLayers? kept = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var analysis = NetworkAnalysis.Of(network, scope);
        var found = (kept?.Lock(analysis) ?? analysis).Groups
            .Where(static group => !group.IsLocked)
            .SelectMany(static group => group.Members)
            .Where(static member => member is { BatchNorm: not null, IsInScope: true })
            .Select(static member => member.BatchNorm!.Id)
            .ToHashSet(StringComparer.Ordinal);
        return [.. network.Nodes.Select(static node => node.Id).Where(found.Contains)];
    }
}
