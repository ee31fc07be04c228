using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Plugins;

/// <summary>A guarded executable that reduces values where they are.</summary>
internal sealed class GuardedStatisticsExecutable(IStatisticsExecutable inner, ContributionInfo contribution)
    : GuardedExecutable(inner, contribution), IStatisticsExecutable
{
    public ImmutableArray<double[]> Reduce(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<ChannelReduction> reductions, CancellationToken cancellationToken) =>
        Guard("Reducing values", () => inner.Reduce(inputs, reductions, cancellationToken), reductions.Count, cancellationToken);
}
