using PluginPrune.Contracts.Training;
using PluginPrune.SchedulerSparsity.Scales;

namespace PluginPrune.SchedulerSparsity.GlobalDecay;

/// <summary>The second of the scripts' three schedules: the same strength on all scales, which falls once.</summary>
internal sealed class GlobalDecayScheduler(GlobalDecayOptions options) : ISparsityScheduler
{
    /// <inheritdoc />
    public SparsityPlan Plan(SparsityContext context)
    {
        double decay = options.DecayAt * context.Steps;
        return context.Step < decay
            ? Pull.Alike(context, context.Strength, PenaltyMode.Subgradient, decay)
            : Pull.Alike(context, context.Strength * options.DecayTo, PenaltyMode.Subgradient, context.Steps);
    }
}
