using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Plugins;

/// <summary>A guarded executable that tells where its time goes.</summary>
internal class GuardedProfilingExecutable(IProfilingExecutable inner, ContributionInfo contribution)
    : GuardedExecutable(inner, contribution), IProfilingExecutable
{
    public ImmutableArray<NodeTime> Profile(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken) =>
        Guard("Profiling the network", () => inner.Profile(inputs, values, cancellationToken), -1, cancellationToken);
}
