using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Plugins;

/// <summary>A guarded executable that can do all that executables may: consumers look for abilities by their interfaces.</summary>
internal sealed class GuardedFullExecutable(IProfilingExecutable inner, IStatisticsExecutable statistics, ContributionInfo contribution)
    : GuardedProfilingExecutable(inner, contribution), IStatisticsExecutable
{
    public ImmutableArray<double[]> Reduce(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<ChannelReduction> reductions, CancellationToken cancellationToken) =>
        Guard("Reducing values", () => statistics.Reduce(inputs, reductions, cancellationToken), reductions.Count, cancellationToken);
}
