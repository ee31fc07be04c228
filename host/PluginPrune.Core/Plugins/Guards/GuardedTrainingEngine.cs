using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>An engine that trains, whose failures bear its plugin's name.</summary>
/// <param name="inner">The plugin's engine.</param>
/// <param name="contribution">Whose it is.</param>
internal sealed class GuardedTrainingEngine(ITrainingEngine inner, ContributionInfo contribution) : ITrainingEngine
{
    private readonly GuardedEngine _engine = new(inner, contribution);

    public int ParallelSessions => Math.Max(1, PluginGuard.Call(contribution, "Telling its sessions", () => inner.ParallelSessions));

    public IExecutable<float> Compile(Network network) => _engine.Compile(network);

    public ITrainingSession BeginTraining(Network network, TrainingSettings settings)
    {
        ITrainingSession? session = PluginGuard.Call<ITrainingSession?, NotSupportedException>(
            contribution, "Preparing the training", () => inner.BeginTraining(network, settings), CancellationToken.None);
        return session is null
            ? throw new PluginException([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, "prepared no training")])
            : new GuardedTrainingSession(session, contribution);
    }
}
