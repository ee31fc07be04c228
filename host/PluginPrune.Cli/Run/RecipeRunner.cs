using System.Collections.Immutable;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Files;
using PluginPrune.Core.Recipes;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Run;

/// <summary>Does a recipe's steps, each as its command would be run by hand.</summary>
/// <param name="terminal">Shows what is done.</param>
/// <param name="plans">All steps, in the order in which they are done.</param>
/// <param name="judge">Says how they stand.</param>
/// <param name="record">What is done already.</param>
/// <param name="meter">Counts the parameters of networks.</param>
internal sealed class RecipeRunner(Terminal terminal, ImmutableArray<StepPlan> plans, StepJudge judge, RecipeRecord record, NetworkMeter meter)
{
    /// <summary>What is said of an interruption.</summary>
    public required string WhenInterrupted { get; init; }

    /// <summary>Told when a step of the recipe is complete.</summary>
    public Action<StepPlan>? StepEnds { get; init; }

    /// <summary>Does the steps that are not done.</summary>
    /// <param name="cancellationToken">Ends the work early; what is complete stays.</param>
    /// <returns>The exit code of the step that failed, or <see cref="ExitCodes.Done"/>.</returns>
    public int Run(CancellationToken cancellationToken)
    {
        var failed = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < plans.Length; i++)
        {
            StepPlan plan = plans[i];
            if (plan.Ancestors.Any(failed.Contains))
            {
                failed.Add(plan.Key);
                continue;
            }

            string title = FormattableString.Invariant($"Step {i + 1} of {plans.Length}, {plan.Key}");
            StepIdentity identity = judge.IdentityOf(plan, cancellationToken);
            StepVerdict verdict = judge.Judge(plan, identity);
            if (verdict.State == StepState.Done)
            {
                // What --from takes as it is counts as done that way from now on.
                record.End(plan.Key, identity);
                Say($"{title}: done before.");
                StepEnds?.Invoke(plan);
                continue;
            }

            int code = Do(plan, title, verdict, identity, cancellationToken);
            if (code == ExitCodes.Done)
            {
                record.End(plan.Key, identity);
                StepEnds?.Invoke(plan);
            }
            else if (code == ExitCodes.Interrupted || !plan.IsComparison)
            {
                if (code != ExitCodes.Interrupted)
                {
                    terminal.Error($"{title} failed. Mend what is said above and run the recipe again: it goes on here.");
                }

                return code;
            }
            else
            {
                terminal.Warn($"{title} failed: the table does without it.");
                failed.Add(plan.Key);
            }
        }

        return ExitCodes.Done;
    }

    private int Do(StepPlan plan, string title, StepVerdict verdict, StepIdentity identity, CancellationToken cancellationToken)
    {
        if (verdict.Reason is { } reason)
        {
            Say($"{title}: it is done again: {reason}.");
        }

        // What was trained otherwise, or lost its networks, is no training to go on with.
        if (verdict.Reason is not null && TrainingFolder.Holds(plan.Folder))
        {
            // Not from under a host that trains there at this moment.
            using var folder = new OutputFolder(plan.Folder, plan.Step.Name, overwrites: true);
            File.Delete(Path.Combine(plan.Folder, TrainingFolder.Checkpoint));
        }

        record.Begin(plan.Key, identity, plans.Where(other => other.Ancestors.Contains(plan.Key, StringComparer.Ordinal)).Select(static other => other.Key));
        cancellationToken.ThrowIfCancellationRequested();
        string[] limit = plan.AsSmallAs is { } small ? ["--to-params", FormattableString.Invariant($"{meter.Parameters(small, cancellationToken)}")] : [];
        string[] line = [.. plan.Arguments, .. limit, .. Output(plan)];
        Say($"{title}: host {string.Join(' ', line.Select(ShellWords.Quote))}");
        return plan.Step.Kind == StepKind.Eval ? new EvaluationStep(terminal, WhenInterrupted).Run(line, plan.Folder, cancellationToken) : new HostProgram(terminal) { WhenInterrupted = WhenInterrupted }.Run(line, cancellationToken);
    }

    // A training that was interrupted goes on; anything else that left files behind is done again.
    private static IEnumerable<string> Output(StepPlan plan) => plan.Step.Kind switch
    {
        StepKind.Eval => [],
        StepKind.Train when TrainingFolder.Holds(plan.Folder) => ["--out", plan.Folder, "--resume"],
        _ => ["--out", plan.Folder, "--force"],
    };

    private void Say(string text)
    {
        if (!terminal.IsQuiet)
        {
            terminal.Say(text);
        }
    }
}
