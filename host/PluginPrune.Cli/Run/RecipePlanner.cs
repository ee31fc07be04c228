using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts;

namespace PluginPrune.Cli.Run;

/// <summary>Turns a recipe into command lines, all of them before the first is run.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="root">The folder that receives the steps' folders.</param>
/// <param name="lines">Knows which options commands have.</param>
internal sealed class RecipePlanner(Recipe recipe, string root, CommandLines lines)
{
    private readonly ImmutableArray<StepPlan>.Builder _plans = ImmutableArray.CreateBuilder<StepPlan>();

    /// <summary>The command that does a step.</summary>
    public static string CommandOf(StepKind kind) => kind switch
    {
        StepKind.Train => "train",
        StepKind.Prune => "prune",
        StepKind.Eval => "eval",
        _ => "convert",
    };

    /// <summary>Makes the command lines, in the order in which they are run.</summary>
    /// <exception cref="InputException">A step has an option that its command does not know.</exception>
    public ImmutableArray<StepPlan> Plan()
    {
        _plans.Clear();
        int? first = recipe.Seeds.IsEmpty ? null : recipe.Seeds[0];
        var start = new ChainPosition(recipe.Model, recipe.Weights, 0, []);
        foreach (RecipeStep step in recipe.Steps.Where(static step => step.IsShared))
        {
            start = Add(step, null, start, first);
        }

        foreach (int? seed in recipe.Seeds.IsEmpty ? [null] : recipe.Seeds.Select(static seed => (int?)seed))
        {
            ChainPosition position = start;
            foreach (RecipeStep step in recipe.Steps.Where(static step => !step.IsShared))
            {
                position = Add(step, seed, position, seed);
            }

            Compare(position, seed);
        }

        lines.RefuseUnknown(recipe, _plans);
        CheckEvaluation();
        return _plans.ToImmutable();
    }

    // What the table at the end asks for, lest it is refused after hours.
    private void CheckEvaluation()
    {
        if (!recipe.Evaluation.IsEmpty)
        {
            var table = new RecipeStep("evaluate", StepKind.Eval, recipe.Evaluation, recipe.Evaluation[0].Line);
            StepFault.Tell(recipe, table, () => ArgumentsOf(table, new ChainPosition(recipe.Model, recipe.Weights, 0, []), recipe.Seeds.IsEmpty ? null : recipe.Seeds[0]));
        }
    }

    private void Compare(ChainPosition end, int? seed)
    {
        if (end.Whole is not { } whole)
        {
            return;
        }

        if (recipe.Comparison.PrunedShape is { } options)
        {
            end = end with { Number = Add(FromScratch("pruned-shape-from-scratch", options), seed, end, seed, isComparison: true).Number };
        }

        if (recipe.Comparison.HasNarrower)
        {
            // Its shape depends on all that the pruned one's depends on.
            ChainPosition narrower = Add(ComparisonSteps.Narrower(recipe), seed, whole with { Number = end.Number, Ancestors = end.Ancestors }, seed, isComparison: true, end.Model);
            if (recipe.Comparison.Narrower is { } training)
            {
                Add(FromScratch("narrower-from-scratch", training), seed, narrower, seed, isComparison: true);
            }
        }
    }

    private RecipeStep FromScratch(string name, ImmutableArray<OptionLine> options) =>
        ComparisonSteps.FromScratch(recipe, name, options, option => lines.NameOf(CommandOf(StepKind.Train), option));

    private ChainPosition Add(RecipeStep step, int? repetition, ChainPosition at, int? seed, bool isComparison = false, string? asSmallAs = null)
    {
        at = step.BeginsRounds ? at with { BeforeRounds = at.Model } : at;
        string name = string.Create(CultureInfo.InvariantCulture, $"{at.Number + 1}-{step.Name}");
        string key = repetition is { } number ? string.Create(CultureInfo.InvariantCulture, $"seed-{number}/{name}") : name;
        var plan = new StepPlan(step, repetition, Path.GetFullPath(key, root), at.Model, step.IsFromScratch ? null : at.Weights, StepFault.Tell(recipe, step, () => ArgumentsOf(step, at, seed)))
        {
            Key = key,
            Ancestors = at.Ancestors,
            IsComparison = isComparison,
            AsSmallAs = asSmallAs,
        };
        _plans.Add(plan);
        if (plan.Output is not { } output)
        {
            return at with { Number = at.Number + 1 };
        }

        return at with
        {
            Model = output,
            Weights = null,
            Number = at.Number + 1,
            Ancestors = [.. at.Ancestors, key],
            Whole = at.Whole ?? (step.Kind == StepKind.Prune ? at : null),
            Trained = at.Trained ?? (step.Name == RecipeStep.Train ? output : null),
        };
    }

    private ImmutableArray<string> ArgumentsOf(RecipeStep step, ChainPosition at, int? seed)
    {
        var line = new List<string>([CommandOf(step.Kind), "--model", at.Model]);
        AddUnlessGiven("--weights", step.IsFromScratch || SampleModel.IsName(at.Model) ? null : at.Weights);
        AddUnlessGiven("--data", step.Kind == StepKind.Export ? null : recipe.Data);
        AddUnlessGiven("--teacher", step.IsTaught ? at.Trained ?? (recipe.Weights is { } weights ? $"{recipe.Model},{weights}" : recipe.Model) : null);
        line.AddRange(step.Options.SelectMany(static option => option.Words));
        if (step.IsRound)
        {
            line.AddRange("--original", at.BeforeRounds!);
        }

        IEnumerable<OptionLine> common = recipe.Common.Concat(seed is { } number ? [SeedOption(number)] : []).Where(option => !step.Declines(option));
        line.AddRange(lines.Understood(line, common).ToArray());
        line.AddRange(lines.Folders);
        lines.Check(line);
        if (recipe.Seeds.IsEmpty || seed == recipe.Seeds[0])
        {
            lines.CheckWork(line, File.Exists(SampleModel.PathOf(at.Model)) ? at.Model : recipe.Model);
        }

        return [.. line];

        void AddUnlessGiven(string name, string? value)
        {
            if (value is not null && !step.Has(name) && recipe.Common.All(option => option.Name != name))
            {
                line.AddRange([name, value]);
            }
        }
    }

    private static OptionLine SeedOption(int seed) => new("--seed", ["--seed", seed.ToString(CultureInfo.InvariantCulture)], 0);
}
