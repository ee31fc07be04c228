using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.Prune;

namespace PluginPrune.Cli.Run;

/// <summary>Paths that a recipe's options give, in full: they are meant from the recipe's folder, wherever it is run from.</summary>
/// <param name="lines">Knows which options take paths.</param>
/// <param name="folder">The recipe's folder.</param>
internal sealed class RecipePaths(CommandLines lines, string folder)
{
    /// <summary>The recipe with full paths.</summary>
    public Recipe Of(Recipe recipe) => recipe with
    {
        Steps = [.. recipe.Steps.Select(step => step with { Options = Of(step.Options, step.Kind) })],
        Common = Of(recipe.Common, Enum.GetValues<StepKind>()),
        Evaluation = Of(recipe.Evaluation, StepKind.Eval),
        Comparison = recipe.Comparison with
        {
            PrunedShape = recipe.Comparison.PrunedShape is { } shape ? Of(shape, StepKind.Train) : null,
            Narrower = recipe.Comparison.Narrower is { } narrower ? Of(narrower, StepKind.Train) : null,
        },
    };

    /// <summary>A dataset is a file or folder beside the recipe, or the name of one that is made.</summary>
    /// <param name="data">What the recipe calls it.</param>
    /// <param name="folder">The recipe's folder.</param>
    public static string OfData(string data, string folder) => Path.Exists(Path.Combine(folder, data)) ? Path.GetFullPath(data, folder) : data;

    private ImmutableArray<OptionLine> Of(ImmutableArray<OptionLine> options, params StepKind[] kinds) => [.. options.Select(option =>
        option.Value is { } value && kinds.Select(kind => lines.PathOption(kind, option.Name)).FirstOrDefault(static path => path is not null) is { } path
            ? option with { Words = [option.Words[0], Full(path, value)] }
            : option)];

    private string Full(Option option, string value) => option.HelpName switch
    {
        "PATH|NAME" => OfData(value, folder),
        _ when SampleModel.IsName(value) => value,

        // A teacher's weights stand behind a comma, but a file's name may have one too.
        ['F', 'I', 'L', 'E', '[', ..] when !Path.Exists(Path.Combine(folder, value)) => string.Join(',', value.Split(',', StringSplitOptions.TrimEntries).Select(part => Path.GetFullPath(part, folder))),
        _ => Path.GetFullPath(value, folder),
    };
}
