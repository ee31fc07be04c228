using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Training;

/// <summary>Looks, after each epoch, how far a sparse training has got.</summary>
/// <param name="settings">What pulls which scales.</param>
/// <param name="services">What a criterion may ask of the host.</param>
public sealed class SparsityWatch(SparsitySettings settings, IPruningServices services)
{
    /// <summary>What will choose the channels that go; null to count scales alone.</summary>
    public IPruningCriterion? Criterion { get; init; }

    /// <summary>Which layers take part in pruning.</summary>
    public PruningScope Scope { get; init; }

    /// <summary>Layers that nothing will go from; null for none.</summary>
    public KeptLayers? Kept { get; init; }

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; }

    /// <summary>Looks.</summary>
    /// <param name="network">The network as it would be used.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public SparsityState Look(Network network, CancellationToken cancellationToken)
    {
        var analysis = NetworkAnalysis.Of(network, Scope);
        return new SparsityState(
            SmallScales.Of(network, settings.BatchNorms),
            Criterion is { } criterion
                ? new ReadinessJudge(services).Judge(Kept?.Lock(analysis) ?? analysis, criterion, settings.Ratio, Scope, Seed, cancellationToken)
                : null);
    }
}
