using System.Collections.Immutable;
using PluginPrune.Core.Recipes;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Run;

/// <summary>Says how steps stand: what is done, what must be done again, and why.</summary>
/// <param name="plans">All steps, in the order in which they are done.</param>
/// <param name="record">What is done already.</param>
/// <param name="identities">What steps would be done as now.</param>
internal sealed class StepJudge(ImmutableArray<StepPlan> plans, RecipeRecord record, StepIdentities identities)
{
    private const string Foreign = "its folder holds files, and recipe.json knows nothing of them";

    /// <summary>The step that is done again with all behind it; those before it are taken as they are. Null for none.</summary>
    public RecipeStep? From { get; init; }

    /// <summary>Whether steps that were done otherwise are done again.</summary>
    public bool RedoesChanged { get; init; }

    /// <summary>What a step would be done as now.</summary>
    public StepIdentity IdentityOf(StepPlan plan, CancellationToken cancellationToken) => identities.Of(plan, cancellationToken);

    /// <summary>How a step stands.</summary>
    public StepVerdict Judge(StepPlan plan, StepIdentity identity)
    {
        if (From is null)
        {
            return HoldsForeign(plan) ? new StepVerdict(StepState.Changed, Foreign) : StepVerdict.Of(record[plan.Key], identity, plan.IsThere);
        }

        return !IsBefore(plan) ? new StepVerdict(StepState.Changed, "--from asks for it")
            : record[plan.Key] is { IsDone: true } && plan.IsThere ? new StepVerdict(StepState.Done, null)
            : throw new UsageException($"--from {From.Name} takes the steps before it as they are, and '{plan.Key}' is not done. Run the recipe without --from.");
    }

    /// <summary>Looks at all steps before any is done.</summary>
    /// <returns>For each, how it stands; <see cref="StepState.New"/> or <see cref="StepState.Outdated"/> where that depends on steps before it.</returns>
    /// <exception cref="UsageException">A step was done otherwise, and nobody asked to do it again.</exception>
    public ImmutableArray<StepVerdict> JudgeAll(CancellationToken cancellationToken)
    {
        var running = new HashSet<string>(StringComparer.Ordinal);
        var verdicts = ImmutableArray.CreateBuilder<StepVerdict>(plans.Length);
        for (int i = 0; i < plans.Length; i++)
        {
            StepPlan plan = plans[i];
            if (HoldsForeign(plan) && !RedoesChanged)
            {
                throw new UsageException(FormattableString.Invariant($"Step {i + 1} of {plans.Length}, {plan.Key}, would write to {plan.Folder}: {Foreign}. Replace them with --force, or run the recipe in another folder with --out."));
            }

            bool isBehind = plan.Ancestors.FirstOrDefault(running.Contains) is not null;
            StepVerdict verdict = isBehind && From is null ? Behind(plan, plan.Ancestors.First(running.Contains)) : Judge(plan, IdentityOf(plan, cancellationToken));
            if (verdict.State == StepState.Changed && !RedoesChanged && From is null)
            {
                throw new UsageException(
                    FormattableString.Invariant($"Step {i + 1} of {plans.Length}, {plan.Key}, was done otherwise: {verdict.Reason}. Do it again, and all that builds on it, with --force; keep what is done and begin behind it with --from STEP; or run the recipe in another folder with --out."));
            }

            if (verdict.State != StepState.Done)
            {
                running.Add(plan.Key);
            }

            verdicts.Add(verdict);
        }

        return verdicts.MoveToImmutable();
    }

    private bool HoldsForeign(StepPlan plan) => record[plan.Key] is null && Directory.Exists(plan.Folder) && Directory.EnumerateFileSystemEntries(plan.Folder).Any();

    private StepVerdict Behind(StepPlan plan, string ancestor) =>
        record[plan.Key] is { } known && (known.IsDone || TrainingFolder.Holds(plan.Folder))
            ? new StepVerdict(StepState.Outdated, $"{ancestor} is done before it, and may come to something else")
            : new StepVerdict(StepState.New, null);

    private bool IsBefore(StepPlan plan)
    {
        int from = plans.IndexOf(plans.First(other => other.Step == From));
        return !plan.IsComparison && plans.IndexOf(plans.First(other => other.Step == plan.Step)) < from;
    }
}
