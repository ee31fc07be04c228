using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.SchedulerSparsity.Scales;

/// <summary>Makes plans of pulls towards 0.</summary>
internal static class Pull
{
    /// <summary>One strength for all scales, until another step.</summary>
    public static SparsityPlan Alike(SparsityContext context, double strength, PenaltyMode mode, double until) =>
        Split(context, double.PositiveInfinity, strength, strength, mode, until);

    /// <summary>A strength for scales below a limit and another for the others, until another step.</summary>
    /// <param name="context">The scales.</param>
    /// <param name="limit">A magnitude.</param>
    /// <param name="below">The strength for magnitudes below it.</param>
    /// <param name="others">The strength for the others.</param>
    /// <param name="mode">How they are pulled.</param>
    /// <param name="until">The step before which the scheduler is asked again; the training ends its plans.</param>
    public static SparsityPlan Split(SparsityContext context, double limit, double below, double others, PenaltyMode mode, double until)
    {
        var penalties = ImmutableArray.CreateBuilder<GammaPenalty>(context.Layers.Length);
        foreach (SparseLayer layer in context.Layers)
        {
            var strength = ImmutableArray.CreateBuilder<float>(layer.Gamma.Length);
            foreach (float gamma in layer.Gamma)
            {
                strength.Add((float)(Math.Abs(gamma) < limit ? below : others));
            }

            penalties.Add(new GammaPenalty(layer.BatchNorm, strength.MoveToImmutable(), [], mode));
        }

        return new SparsityPlan(penalties.MoveToImmutable(), StepsUntil(context, until));
    }

    /// <summary>No pull at all, for the rest of the training.</summary>
    public static SparsityPlan None(SparsityContext context) => new([], StepsUntil(context, context.Steps));

    private static int StepsUntil(SparsityContext context, double step) =>
        (int)Math.Clamp(Math.Ceiling(Math.Min(step, context.Steps)) - context.Step, 1, int.MaxValue);
}
