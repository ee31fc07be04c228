using PluginPrune.Contracts.Training;
using PluginPrune.SchedulerSparsity.Scales;

namespace PluginPrune.SchedulerSparsity.Target;

/// <summary>Pulls just so hard that the share of scales that is to be pruned is small when it shall be.</summary>
/// <remarks>
/// It looks at the edge: the largest of those scales that are to go. A pull of strength s moves a scale by rate * s / (1 - momentum)
/// at each step, so the strength that brings the edge down in the steps that are left is (edge - aim) (1 - momentum) / (rate * steps).
/// That is computed anew from where the edge has got to, again and again: where the loss holds against the pull the edge is late and
/// the strength rises, where scales fall by themselves it drops. The aim is half of what counts as small. Once the planned step is
/// past, soft thresholds hold the scales that are to go with all that they have: these become exactly 0 and stay so, and the rest of
/// the network learns to do without them. A scale of a thousandth is not nothing, as the weights behind it may be large. Subgradients
/// leave no zeros to be held; there an epoch is what is left. Nothing is remembered, so a training that goes on from a checkpoint
/// goes on the same way.
/// </remarks>
internal sealed class TargetScheduler(TargetOptions options) : ISparsityScheduler
{
    /// <inheritdoc />
    public SparsityPlan Plan(SparsityContext context)
    {
        var scales = new SortedScales(context);
        int going = (int)(context.Ratio * scales.Count);
        if (going == 0)
        {
            return Pull.None(context);
        }

        double edge = scales[going - 1];
        double most = Math.Max(options.LeastPull, options.MostPull);
        bool isHolding = options.Penalty == PenaltyMode.Proximal && context.Step >= options.ReachAt * context.Steps;
        double strength = context.Strength * (isHolding ? most : Math.Clamp(NeededPull(context, edge) / context.Strength, options.LeastPull, most));
        double until = context.Step + options.AdjustEvery;
        bool isSparing = context.Step >= options.SpareAt * context.Steps;

        // The edge itself is among those that go.
        return isSparing
            ? Pull.Split(context, Math.BitIncrement(edge), strength, strength * options.SpareTo, options.Penalty, until)
            : Pull.Alike(context, strength, options.Penalty, until);
    }

    private double NeededPull(SparsityContext context, double edge)
    {
        double aim = options.SmallScale / 2;
        double left = Math.Max((options.ReachAt * context.Steps) - context.Step, context.StepsPerEpoch);
        double travel = context.LearningRate * left / (1 - context.Momentum);
        return edge <= aim ? 0 : travel > 0 ? (edge - aim) / travel : double.PositiveInfinity;
    }
}
