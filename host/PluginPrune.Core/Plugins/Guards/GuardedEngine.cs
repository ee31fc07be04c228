using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>An engine whose failures bear its plugin's name and that returns what was asked for.</summary>
/// <param name="inner">The plugin's engine.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedEngine(IEngine inner, ContributionInfo contribution) : IParallelEngine, IDescribedEngine
{
    /// <summary>The same engine where it trains, or null where it does not.</summary>
    public ITrainingEngine? Training => inner is ITrainingEngine training ? new GuardedTrainingEngine(training, contribution) : null;

    /// <inheritdoc />
    /// <remarks>1 for an engine that is not a parallel one.</remarks>
    public int Threads => inner is IParallelEngine parallel
        ? Math.Max(1, PluginGuard.Call(contribution, "Telling its threads", () => parallel.Threads))
        : 1;

    /// <inheritdoc />
    public IExecutable<float> Compile(Network network)
    {
        IExecutable<float> executable = Compile(() => inner.Compile(network));
        return executable switch
        {
            IProfilingExecutable profiling and IStatisticsExecutable statistics => new GuardedFullExecutable(profiling, statistics, contribution),
            IProfilingExecutable profiling => new GuardedProfilingExecutable(profiling, contribution),
            IStatisticsExecutable statistics => new GuardedStatisticsExecutable(statistics, contribution),
            _ => new GuardedExecutable(executable, contribution),
        };
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The engine is not a parallel one.</exception>
    public IExecutable<float> CompileParallel(Network network) => inner is IParallelEngine parallel
        ? new GuardedParallelExecutable(Compile(() => parallel.CompileParallel(network)), contribution)
        : throw new InvalidOperationException($"The engine '{contribution.Name}' runs one picture after the other.");

    /// <inheritdoc />
    /// <remarks>An engine that does not describe itself is described by its name.</remarks>
    public EngineDescription Describe() => inner is IDescribedEngine described
        ? PluginGuard.Call(contribution, "Describing itself", described.Describe)
        : new EngineDescription(contribution.FullName, null, Environment.ProcessorCount, []);

    private IExecutable<float> Compile(Func<IExecutable<float>?> compile)
    {
        try
        {
            return PluginGuard.Call<IExecutable<float>?, NotSupportedException>(contribution, "Compiling the network", compile, CancellationToken.None)
                ?? throw new PluginException([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, "compiled nothing")]);
        }
        catch (NotSupportedException refusal)
        {
            throw new UnsupportedNetworkException(refusal.Message, refusal);
        }
    }
}
