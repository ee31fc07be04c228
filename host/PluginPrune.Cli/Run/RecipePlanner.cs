using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;

namespace PluginPrune.Cli.Run;

/// <summary>Turns a recipe into command lines, all of them before the first is run.</summary>
/// <param name="folderOptions">--plugins and its folders, for every step.</param>
internal sealed class RecipePlanner(ImmutableArray<string> folderOptions)
{
    private const string Set = "--set";

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
            if (plan.Output is { } output)
            {
                (model, weights) = (output, null);
            }
        }

        return plans.MoveToImmutable();
    }

    /// <summary>What a command line understands of options that are given to all steps.</summary>
    /// <param name="line">The command line without them; what it names brings options of its own.</param>
    /// <param name="common">The options.</param>
    public IEnumerable<string> Understood(IReadOnlyList<string> line, ImmutableArray<string> common)
    {
        using var silent = new MemoryStream();
        RootCommand root = CommandTree.Build([.. line, .. folderOptions], new Terminal(silent, TextWriter.Null, isInteractive: false), CancellationToken.None);
        Command command = root.Subcommands.Single(sub => sub.Name == line[0]);
        HashSet<string> options = [.. command.Options.SelectMany(static option => option.Aliases.Append(option.Name))];
        string[] owners = [.. (command as IDescribedCommand)?.OptionGroups.Select(static group => group.Title.Split(' ')[^1]) ?? []];
        for (int i = 0; i < common.Length;)
        {
            int next = i + 1;
            while (next < common.Length && !common[next].StartsWith("--", StringComparison.Ordinal))
            {
                next++;
            }

            bool isUnderstood = common[i] == Set
                ? options.Contains(Set) && owners.Contains(common[i + 1].Split('.')[0], StringComparer.Ordinal)
                : options.Contains(common[i]) && !line.Contains(common[i], StringComparer.Ordinal);
            for (; i < next; i++)
            {
                if (isUnderstood)
                {
                    yield return common[i];
                }
            }
        }
    }

    private StepPlan PlanStep(Recipe recipe, RecipeStep step, string folder, string model, string? weights)
    {
        string command = CommandOf(step.Kind);
        var line = new List<string>([command, "--model", model]);
        bool isFromNothing = step.Arguments.Contains("--from-scratch", StringComparer.Ordinal);
        AddUnlessGiven("--weights", isFromNothing || model == Prune.SampleModel.Name ? null : weights);
        AddUnlessGiven("--data", step.Kind == StepKind.Export ? null : recipe.Data);
        line.AddRange(step.Arguments);
        line.AddRange(Understood(line, recipe.Common).ToArray());
        if (step.Kind != StepKind.Eval)
        {
            line.AddRange("--out", folder);
        }

        line.AddRange(folderOptions);
        return new StepPlan(step, folder, model, [.. line]);

        void AddUnlessGiven(string name, string? value)
        {
            if (value is not null && !step.Arguments.Contains(name, StringComparer.Ordinal))
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
}
