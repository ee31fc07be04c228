using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>An engine whose failures bear its plugin's name and that returns what was asked for.</summary>
/// <param name="inner">The plugin's engine.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedEngine(IEngine inner, ContributionInfo contribution) : IDescribedEngine
{
    /// <summary>The same engine where it trains, or null where it does not.</summary>
    public ITrainingEngine? Training => inner is ITrainingEngine training ? new GuardedTrainingEngine(training, contribution) : null;

    /// <inheritdoc />
    public IExecutable<float> Compile(Network network)
    {
        IExecutable<float>? executable = PluginGuard.Call<IExecutable<float>?, NotSupportedException>(
            contribution, "Compiling the network", () => inner.Compile(network), CancellationToken.None);
        return executable switch
        {
            null => throw new PluginException([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, "compiled nothing")]),
            IProfilingExecutable profiling and IStatisticsExecutable statistics => new GuardedFullExecutable(profiling, statistics, contribution),
            IProfilingExecutable profiling => new GuardedProfilingExecutable(profiling, contribution),
            IStatisticsExecutable statistics => new GuardedStatisticsExecutable(statistics, contribution),
            _ => new GuardedExecutable(executable, contribution),
        };
    }

    /// <inheritdoc />
    /// <remarks>An engine that does not describe itself is described by its name.</remarks>
    public EngineDescription Describe() => inner is IDescribedEngine described
        ? PluginGuard.Call(contribution, "Describing itself", described.Describe)
        : new EngineDescription(contribution.FullName, null, Environment.ProcessorCount, []);
}
