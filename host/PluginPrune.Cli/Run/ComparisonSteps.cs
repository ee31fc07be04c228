using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Cli.Train;

namespace PluginPrune.Cli.Run;

/// <summary>The steps that make what a pruned network is compared with.</summary>
internal static class ComparisonSteps
{
    private const string Epochs = "--epochs";

    // What a training from nothing does not take over: it is no sparse one, has no teacher, and has layers of its own to learn.
    private static readonly string[] Left =
    [
        Epochs, "--from-scratch", "--weights", "--sparsity", "--sparse", "--scheduler", "--ratio", "--scope", "--freeze", "--teacher", "--teacher-engine", "--distil", "--distil-features",
    ];

    /// <summary>A training from random weights that sees pictures as often as all trainings of the recipe together.</summary>
    /// <param name="recipe">The recipe; its first training says how.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="options">What is done otherwise.</param>
    /// <param name="nameOf">What `host train` calls an option that may be written otherwise.</param>
    public static RecipeStep FromScratch(Recipe recipe, string name, ImmutableArray<OptionLine> options, Func<string, string> nameOf)
    {
        RecipeStep[] trainings = [.. recipe.Steps.Where(static step => step.Kind == StepKind.Train)];
        RecipeStep? first = trainings.FirstOrDefault();
        int line = recipe.Comparison.Line;
        RecipeStep step = new(name, StepKind.Train, [], line)
        {
            Declined = [.. Left, .. (first?.Options ?? []).Concat(recipe.Common).Where(static option => option.Name == "--scheduler").Select(static option => $"--set {option.Value}.")],
            LeavesBest = trainings.LastOrDefault()?.LeavesBest ?? false,
        };
        OptionLine[] usual =
        [
            new("--from-scratch", ["--from-scratch"], line),
            new(Epochs, [Epochs, trainings.Sum(training => EpochsOf(training, recipe)).ToString(CultureInfo.InvariantCulture)], line),
            .. (first?.Options ?? []).Where(option => !step.Declines(option)),
        ];
        string[] given = [.. options.Select(option => nameOf(option.Name))];
        return step with { Options = [.. usual.Where(option => !given.Contains(nameOf(option.Name))), .. options] };
    }

    /// <summary>The whole network with every layer narrowed alike, until it is as small as the pruned one.</summary>
    /// <param name="recipe">The recipe.</param>
    public static RecipeStep Narrower(Recipe recipe) => new(
        "narrower",
        StepKind.Prune,
        [.. new string[][] { ["--criterion", "uniform"], ["--no-verify"], ["--no-measure"] }.Select(words => new OptionLine(words[0], [.. words], recipe.Comparison.Line))],
        recipe.Comparison.Line);

    // What is no number is refused with its line where all options are.
    private static int EpochsOf(RecipeStep step, Recipe recipe) => step.Options.Concat(recipe.Common).FirstOrDefault(static option => option.Name == Epochs)?.Value is { } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) ? epochs : 0
        : TrainOptions.StandardEpochs;
}
