using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Plugins;

/// <summary>An engine whose failures bear its plugin's name and that returns what was asked for.</summary>
/// <param name="inner">The plugin's engine.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedEngine(IEngine inner, ContributionInfo contribution) : IEngine
{
    /// <inheritdoc />
    public IExecutable<float> Compile(Network network)
    {
        IExecutable<float>? executable = PluginGuard.Call<IExecutable<float>?, NotSupportedException>(
            contribution, "Compiling the network", () => inner.Compile(network), CancellationToken.None);
        return executable is null
            ? throw new PluginException([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, "compiled nothing")])
            : new GuardedExecutable(executable, contribution);
    }

    private sealed class GuardedExecutable(IExecutable<float> inner, ContributionInfo contribution) : IExecutable<float>
    {
        public ImmutableArray<Batch<float>> Run(
            IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
        {
            ImmutableArray<Batch<float>> results = PluginGuard.Call(
                contribution, "Running the network", () => inner.Run(inputs, values, cancellationToken), cancellationToken);
            return !results.IsDefault && results.Length == values.Count
                ? results
                : throw new PluginException(
                    [PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"returned {(results.IsDefault ? 0 : results.Length)} values where {values.Count} were asked for")]);
        }

        public void Dispose() => inner.Dispose();
    }
}
