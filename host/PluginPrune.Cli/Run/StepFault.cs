using PluginPrune.Contracts;
using PluginPrune.Contracts.Options;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Run;

/// <summary>What is wrong with a step's command line, told with its line in the recipe.</summary>
internal static class StepFault
{
    /// <summary>Does something with a step's line.</summary>
    /// <exception cref="InputException">The line is wrong.</exception>
    public static T Tell<T>(Recipe recipe, RecipeStep step, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is UsageException or InputException or OptionException or PluginException)
        {
            throw new InputException(recipe.Path, LineOf(recipe, step, error.Message), $"step '{step.Name}': {error.Message}");
        }
    }

    /// <summary>The option that the message names first; of two that begin alike, the longer.</summary>
    public static int LineOf(Recipe recipe, RecipeStep step, string message) => step.Options.Concat(recipe.Common)
        .Select(option => (option.Line, Place: PlaceOf(option, message), option.Name.Length))
        .Where(static option => option is { Place: >= 0, Line: > 0 })
        .OrderBy(static option => option.Place).ThenByDescending(static option => option.Length)
        .Select(static option => option.Line)
        .FirstOrDefault(step.Line);

    private static int PlaceOf(OptionLine option, string message)
    {
        string[] name = option.Name.Split(' ', '.');
        return name is ["--set", var owner, var setting]
            ? Math.Max(message.IndexOf($"'{owner}'", StringComparison.Ordinal), message.IndexOf($"'{setting}'", StringComparison.Ordinal))
            : message.IndexOf(option.Name, StringComparison.Ordinal);
    }
}
