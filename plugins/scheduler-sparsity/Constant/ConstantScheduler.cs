using PluginPrune.Contracts.Training;
using PluginPrune.SchedulerSparsity.Scales;

namespace PluginPrune.SchedulerSparsity.Constant;

/// <summary>The first of the scripts' three schedules: the strength that was asked for on all scales, always.</summary>
internal sealed class ConstantScheduler : ISparsityScheduler
{
    /// <inheritdoc />
    public SparsityPlan Plan(SparsityContext context) => Pull.Alike(context, context.Strength, PenaltyMode.Subgradient, context.Steps);
}
