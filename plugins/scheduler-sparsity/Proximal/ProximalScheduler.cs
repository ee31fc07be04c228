using PluginPrune.Contracts.Training;
using PluginPrune.SchedulerSparsity.Scales;

namespace PluginPrune.SchedulerSparsity.Proximal;

/// <summary>
/// The strength that was asked for on all scales, always, by a soft threshold after each step: scales arrive at 0 exactly and stay
/// there while the loss pulls less than that.
/// </summary>
internal sealed class ProximalScheduler : ISparsityScheduler
{
    /// <inheritdoc />
    public SparsityPlan Plan(SparsityContext context) => Pull.Alike(context, context.Strength, PenaltyMode.Proximal, context.Steps);
}
