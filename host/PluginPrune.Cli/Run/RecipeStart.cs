using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Run;

/// <summary>What must be there before a recipe can begin.</summary>
internal static class RecipeStart
{
    /// <summary>Looks for the network, its weights and the pictures.</summary>
    /// <returns>What is missing, each with its line in the recipe.</returns>
    public static IEnumerable<InputException> FindMissing(Recipe recipe, PluginHost plugins)
    {
        if (!SampleModel.IsName(recipe.Model) && !File.Exists(recipe.Model))
        {
            yield return new InputException(recipe.Path, recipe.ModelLine, $"model names {recipe.Model}, which does not exist.");
        }
        else if (recipe.Weights is { } weights && !File.Exists(weights))
        {
            yield return new InputException(recipe.Path, null, $"weights names {weights}, which does not exist.");
        }
        else if (recipe.Weights is null && !recipe.Steps[0].IsFromScratch && !recipe.Steps[0].Has("--weights")
            && recipe.Model.EndsWith(".cfg", StringComparison.OrdinalIgnoreCase) && !File.Exists(Path.ChangeExtension(recipe.Model, ".weights")))
        {
            yield return new InputException(
                recipe.Path,
                recipe.Steps[0].Line,
                $"'{recipe.Steps[0].Name}' begins with a trained network, and {Path.ChangeExtension(recipe.Model, ".weights")} is not there. Name other weights with weights: FILE, or begin with train: {{from-scratch: true}}.");
        }

        if (recipe.Data is { } data && FaultOf(data, recipe, plugins) is { } fault)
        {
            yield return new InputException(recipe.Path, recipe.DataLine, fault);
        }
        else if (recipe.Data is null && recipe.Steps.FirstOrDefault(static step => step.Kind == StepKind.Train && !step.Has("--data")) is { } training)
        {
            yield return new InputException(recipe.Path, training.Line, $"'{training.Name}' has nothing to learn from: name labelled pictures with data: PATH, for all steps.");
        }
    }

    private static string? FaultOf(string data, Recipe recipe, PluginHost plugins)
    {
        try
        {
            _ = new DatasetLocator(plugins.Catalog).Find(data, recipe.Common.FirstOrDefault(static option => option.Name == "--data-format")?.Value).GetOrThrow();
            return null;
        }
        catch (Exception error) when (error is InputException or PluginException)
        {
            return error.Message;
        }
    }
}
