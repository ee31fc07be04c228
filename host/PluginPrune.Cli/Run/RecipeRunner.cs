using System.Collections.Immutable;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Run;

/// <summary>Does a recipe's steps, each as its command would be run by hand.</summary>
/// <param name="terminal">Shows what is done.</param>
/// <param name="record">What is done already.</param>
internal sealed class RecipeRunner(Terminal terminal, RecipeRecord record)
{
    /// <summary>Does the steps that are not done.</summary>
    /// <param name="plans">All steps.</param>
    /// <param name="redoes">Whether steps that were done otherwise are done again.</param>
    /// <param name="cancellationToken">Ends the work early; what is complete stays.</param>
    /// <returns>The exit code of the step that failed, or <see cref="ExitCodes.Done"/>.</returns>
    /// <exception cref="UsageException">A step was done otherwise and is not to be done again.</exception>
    public int Run(ImmutableArray<StepPlan> plans, bool redoes, CancellationToken cancellationToken)
    {
        for (int i = 0; i < plans.Length; i++)
        {
            StepPlan plan = plans[i];
            string title = FormattableString.Invariant($"Step {i + 1} of {plans.Length}, {plan.Step.Name}");
            if (record.IsDone(i, plan) && IsThere(plan))
            {
                terminal.Say($"{title}: done before.");
                continue;
            }

            if (record.IsChanged(i, plan) && !redoes)
            {
                throw new UsageException($"{title} was done with other options. Do it again, and all behind it, with --force, or run the recipe in another folder with --out.");
            }

            if (record.IsChanged(i, plan))
            {
                // What stands behind it began with what it made.
                foreach (StepPlan old in plans[i..])
                {
                    if (TrainingFolder.Holds(old.Folder))
                    {
                        File.Delete(Path.Combine(old.Folder, TrainingFolder.Checkpoint));
                    }
                }
            }

            record.ForgetFrom(i);
            terminal.Say($"{title}: host {string.Join(' ', plan.Arguments.Select(Quoted))}");
            cancellationToken.ThrowIfCancellationRequested();
            int code = new HostProgram(terminal).Run([.. plan.Arguments, .. HowToWrite(plan)], cancellationToken);
            if (code != ExitCodes.Done)
            {
                if (code != ExitCodes.Interrupted)
                {
                    terminal.Error($"{title} failed. Mend what is said above and run the recipe again: it goes on here.");
                }

                return code;
            }

            record.Add(plan);
        }

        return ExitCodes.Done;
    }

    // A training that was interrupted goes on; anything else that left files behind is done again.
    private static IEnumerable<string> HowToWrite(StepPlan plan)
    {
        if (plan.Step.Kind == StepKind.Eval)
        {
            return [];
        }

        return plan.Step.Kind == StepKind.Train && TrainingFolder.Holds(plan.Folder) ? ["--resume"] : ["--force"];
    }

    private static bool IsThere(StepPlan plan) => plan.Step.Kind == StepKind.Eval || Directory.Exists(plan.Folder);

    private static string Quoted(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"'{word}'" : word;
}
