using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Plugins;

/// <summary>An executable whose failures bear its plugin's name and that returns as much as was asked for.</summary>
internal class GuardedExecutable(IExecutable<float> inner, ContributionInfo contribution) : IExecutable<float>
{
    protected ContributionInfo Contribution => contribution;

    public ImmutableArray<Batch<float>> Run(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken) =>
        Guard("Running the network", () => inner.Run(inputs, values, cancellationToken), values.Count, cancellationToken);

    public void Dispose() => inner.Dispose();

    // A count of -1 stands for any number.
    protected ImmutableArray<T> Guard<T>(string doing, Func<ImmutableArray<T>> work, int count, CancellationToken cancellationToken)
    {
        ImmutableArray<T> results = Call(doing, work, cancellationToken);
        return !results.IsDefault && (count < 0 || results.Length == count)
            ? results
            : throw new PluginException(
                [PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"returned {(results.IsDefault ? 0 : results.Length)} values where {count} were asked for")]);
    }

    protected virtual ImmutableArray<T> Call<T>(string doing, Func<ImmutableArray<T>> work, CancellationToken cancellationToken) =>
        PluginGuard.Call(contribution, doing, work, cancellationToken);
}
