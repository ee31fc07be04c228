using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Plugins;

/// <summary>
/// A guarded executable for several callers at once. What it computes stays on the thread of its caller, who leaves that thread
/// behind where a plugin does not listen when it is told to stop.
/// </summary>
internal sealed class GuardedParallelExecutable(IExecutable<float> inner, ContributionInfo contribution) : GuardedExecutable(inner, contribution)
{
    protected override ImmutableArray<T> Call<T>(string doing, Func<ImmutableArray<T>> work, CancellationToken cancellationToken) =>
        PluginGuard.Call(Contribution, DiagnosticCodes.WorkThrew, doing, work, cancellationToken);
}
