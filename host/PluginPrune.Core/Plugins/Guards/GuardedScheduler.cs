using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>A sparsity scheduler whose failures bear its plugin's name and whose penalties fit the layers.</summary>
/// <param name="inner">The plugin's scheduler.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedScheduler(ISparsityScheduler inner, ContributionInfo contribution) : ISparsityScheduler
{
    /// <inheritdoc />
    public SparsityPlan Plan(SparsityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SparsityPlan? plan = PluginGuard.Call<SparsityPlan?>(contribution, "Planning penalties", () => inner.Plan(context));
        if (plan is null || plan.Penalties.IsDefault || plan.ValidSteps < 1)
        {
            throw Breach(plan is null || plan.Penalties.IsDefault ? "returned no plan" : $"returned a plan for {plan.ValidSteps} steps");
        }

        Dictionary<string, int> channels = context.Layers.ToDictionary(static layer => layer.BatchNorm, static layer => layer.Gamma.Length, StringComparer.Ordinal);
        foreach (GammaPenalty penalty in plan.Penalties)
        {
            if (!channels.Remove(penalty.BatchNorm, out int count))
            {
                throw Breach($"pulls '{penalty.BatchNorm}' twice, or it takes no part");
            }

            if (penalty.Strength.Length != count || !(penalty.Centre.IsEmpty || penalty.Centre.Length == count))
            {
                throw Breach($"returned {penalty.Strength.Length} strengths and {penalty.Centre.Length} centres for the {count} channels of '{penalty.BatchNorm}'");
            }

            if (!penalty.Strength.All(static strength => float.IsFinite(strength) && strength >= 0) || !penalty.Centre.All(float.IsFinite))
            {
                throw Breach($"returned a strength below 0, or a number that is not finite, for '{penalty.BatchNorm}'");
            }
        }

        return plan;
    }

    private PluginException Breach(string what) => new([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, what)]);
}
