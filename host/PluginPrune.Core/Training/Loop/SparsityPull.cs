using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>Asks the scheduler in time, and hands its penalties to the session.</summary>
internal sealed class SparsityPull(SparsitySettings settings, ITrainingSession session, long steps, int stepsPerEpoch)
{
    private long _next;

    /// <summary>Called before every step; where a training goes on, the first call asks again.</summary>
    public void Before(long step, StepRate rate)
    {
        if (step < _next)
        {
            return;
        }

        Network network = session.Read(TrainedWeights.Current);
        var context = new SparsityContext(LayersOf(network), settings.Strength)
        {
            Step = step,
            Steps = steps,
            StepsPerEpoch = stepsPerEpoch,
            LearningRate = rate.LearningRate,
            Momentum = rate.Momentum,
            Ratio = settings.Ratio,
        };
        SparsityPlan plan = settings.Scheduler.Plan(context);
        session.SetPenalties(plan.Penalties);

        // A plan ends with its epoch at the latest: a training that goes on from a checkpoint asks at the same steps.
        _next = Math.Min(step + plan.ValidSteps, ((step / stepsPerEpoch) + 1) * stepsPerEpoch);
    }

    private ImmutableArray<SparseLayer> LayersOf(Network network) =>
        [.. settings.BatchNorms.Select(id => new SparseLayer(id, [.. ((BatchNorm)network[id].Operation).Gamma.Floats]))];
}
