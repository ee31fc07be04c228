using System.Collections.Immutable;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts;

namespace PluginPrune.Cli.Run;

/// <summary>Files and folders that steps name, such as a teacher's: they must be there, or a step before must make them.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="lines">Knows which options take paths.</param>
internal sealed class RecipeInputs(Recipe recipe, CommandLines lines)
{
    // Looked for elsewhere.
    private static readonly string[] Others = ["--model", "--data"];

    /// <summary>Looks for them.</summary>
    /// <param name="plans">All steps, in the order in which they are done.</param>
    /// <returns>What is missing, each with its line in the recipe.</returns>
    public IEnumerable<InputException> FindMissing(ImmutableArray<StepPlan> plans)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < plans.Length; i++)
        {
            StepPlan plan = plans[i];
            foreach ((string option, string file) in FilesIn(plan.Step.Kind, plan.Arguments))
            {
                if (!Path.Exists(file) && !plans.Take(i).Any(before => file.StartsWith(before.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || file == before.Folder) && missing.Add(file))
                {
                    yield return new InputException(recipe.Path, StepFault.LineOf(recipe, plan.Step, option), $"step '{plan.Step.Name}': {option} names {file}, which does not exist and which no step before it makes.");
                }
            }
        }

        foreach ((string option, string file) in FilesIn(StepKind.Eval, [.. recipe.Evaluation.SelectMany(static option => option.Words)]))
        {
            if (!Path.Exists(file))
            {
                yield return new InputException(recipe.Path, recipe.Evaluation.First(given => given.Name == option).Line, $"evaluate: {option} names {file}, which does not exist.");
            }
        }
    }

    /// <summary>The files that a line names beside network and data, each with its option.</summary>
    public IEnumerable<(string Option, string File)> FilesIn(StepKind kind, ImmutableArray<string> line)
    {
        for (int at = 1; at < line.Length; at++)
        {
            if (line[at - 1].StartsWith('-') && !Others.Contains(line[at - 1]) && lines.PathOption(kind, line[at - 1]) is { } option)
            {
                string value = line[at];
                string[] files = option.HelpName!.StartsWith("FILE[", StringComparison.Ordinal) && !Path.Exists(value) ? value.Split(',') : [value];
                foreach (string file in files.Where(file => !SampleModel.IsName(file) && file != recipe.Model && file != recipe.Weights))
                {
                    yield return (option.Name, file);
                }
            }
        }
    }
}
