using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Run;

/// <summary>Turns a recipe into command lines, all of them before the first is run.</summary>
/// <param name="folderOptions">--plugins and its folders, for every step.</param>
internal sealed class RecipePlanner(ImmutableArray<string> folderOptions)
{
    private readonly Dictionary<string, HashSet<string>> _known = new(StringComparer.Ordinal);

    /// <summary>Makes the command lines.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="root">The folder that receives the steps' folders.</param>
    /// <exception cref="InputException">A step has an option that its command does not know.</exception>
    public ImmutableArray<StepPlan> Plan(Recipe recipe, string root)
    {
        var plans = ImmutableArray.CreateBuilder<StepPlan>(recipe.Steps.Length);
        (string model, string? weights) = (recipe.Model, recipe.Weights);
        foreach (RecipeStep step in recipe.Steps)
        {
            string folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{plans.Count + 1}-{step.Name}"));
            StepPlan plan = PlanStep(recipe, step, folder, model, weights);
            plans.Add(plan);
            if (plan.MakesNetwork)
            {
                // A training leaves its last network; a pruning the one that it was given, by the same name.
                string name = step.Kind == StepKind.Train ? TrainingFolder.Last : Path.GetFileNameWithoutExtension(model == Prune.SampleModel.Name ? Prune.SampleModel.CfgPath : model);
                model = Path.Combine(folder, name + Path.GetExtension(model == Prune.SampleModel.Name ? Prune.SampleModel.CfgPath : model));
                weights = null;
            }
        }

        return plans.MoveToImmutable();
    }

    /// <summary>The options of a command, with its plugins' as they are without further ones being named.</summary>
    public bool Knows(string command, string option) => (_known.TryGetValue(command, out HashSet<string>? known) ? known : _known[command] = OptionsOf(command)).Contains(option);

    private StepPlan PlanStep(Recipe recipe, RecipeStep step, string folder, string model, string? weights)
    {
        string command = CommandOf(step.Kind);
        var line = new List<string>([command, "--model", model]);
        bool isFromNothing = step.Arguments.Contains("--from-scratch", StringComparer.Ordinal);
        AddUnlessGiven("--weights", isFromNothing || model == Prune.SampleModel.Name ? null : weights);
        AddUnlessGiven("--data", recipe.Data);
        line.AddRange(step.Arguments);
        for (int i = 0; i < recipe.Common.Length;)
        {
            int next = i + 1;
            while (next < recipe.Common.Length && !recipe.Common[next].StartsWith("--", StringComparison.Ordinal))
            {
                next++;
            }

            if (!line.Contains(recipe.Common[i]) && Knows(command, recipe.Common[i]))
            {
                line.AddRange(recipe.Common[i..next]);
            }

            i = next;
        }

        if (Knows(command, "--out"))
        {
            line.AddRange("--out", folder);
        }

        line.AddRange(folderOptions);
        return new StepPlan(step, folder, model, [.. line]);

        void AddUnlessGiven(string name, string? value)
        {
            if (value is not null && !step.Arguments.Contains(name, StringComparer.Ordinal) && Knows(command, name))
            {
                line.AddRange([name, value]);
            }
        }
    }

    private static string CommandOf(StepKind kind) => kind switch
    {
        StepKind.Train => "train",
        StepKind.Prune => "prune",
        StepKind.Eval => "eval",
        _ => "convert",
    };

    private HashSet<string> OptionsOf(string command)
    {
        using var silent = new MemoryStream();
        RootCommand root = CommandTree.Build([command, .. folderOptions], new Terminal(silent, TextWriter.Null, isInteractive: false), CancellationToken.None);
        return [.. root.Subcommands.Single(sub => sub.Name == command).Options.SelectMany(static option => option.Aliases.Append(option.Name))];
    }
}
