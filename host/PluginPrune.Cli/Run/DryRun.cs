using System.Collections.Immutable;
using PluginPrune.Core.Recipes;

namespace PluginPrune.Cli.Run;

/// <summary>What a recipe would do, as a script with comments.</summary>
internal static class DryRun
{
    public static void Show(ImmutableArray<StepPlan> plans, ImmutableArray<StepVerdict> verdicts, TextWriter writer)
    {
        foreach ((StepPlan plan, StepVerdict verdict) in plans.Zip(verdicts))
        {
            writer.WriteLine($"# {plan.Key}: {Text(verdict)}");
            string limit = plan.AsSmallAs is { } small ? $" --to-params (those of {small})" : string.Empty;
            writer.WriteLine($"host {string.Join(' ', plan.Arguments)}{limit}{(plan.Step.Kind == StepKind.Eval ? string.Empty : $" --out {plan.Folder}")}");
        }
    }

    private static string Text(StepVerdict verdict) => verdict.State switch
    {
        StepState.Done => "done",
        StepState.Begun => "to be gone on with",
        StepState.New when verdict.Reason is null => "to be done",
        _ => $"to be done again: {verdict.Reason}",
    };
}
