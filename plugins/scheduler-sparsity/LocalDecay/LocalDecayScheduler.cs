using PluginPrune.Contracts.Training;
using PluginPrune.SchedulerSparsity.Scales;

namespace PluginPrune.SchedulerSparsity.LocalDecay;

/// <summary>
/// The third of the scripts' three schedules: the same strength on all scales at first; later the largest are nearly left alone, so
/// that accuracy comes back while the small ones stay small.
/// </summary>
internal sealed class LocalDecayScheduler(LocalDecayOptions options) : ISparsityScheduler
{
    /// <inheritdoc />
    public SparsityPlan Plan(SparsityContext context)
    {
        double spare = options.SpareAt * context.Steps;
        if (context.Step < spare)
        {
            return Pull.Alike(context, context.Strength, PenaltyMode.Subgradient, spare);
        }

        var scales = new SortedScales(context);
        int pulled = (int)(options.PulledShare * scales.Count);
        double limit = pulled < scales.Count ? scales[pulled] : double.PositiveInfinity;
        return Pull.Split(
            context, limit, context.Strength, context.Strength * options.SpareTo, PenaltyMode.Subgradient, context.Step + options.DecideEvery);
    }
}
