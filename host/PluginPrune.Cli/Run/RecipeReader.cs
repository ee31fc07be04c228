using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.Cli.Run;

/// <summary>Reads recipes. What is wrong with one is told with its line.</summary>
internal sealed class RecipeReader
{
    private readonly RecipeYaml _yaml;
    private readonly OptionReader _options;

    private RecipeReader(string path)
    {
        _yaml = new RecipeYaml(path);
        _options = new OptionReader(_yaml);
    }

    /// <exception cref="InputException">It is no recipe.</exception>
    public static Recipe Read(string path) => new RecipeReader(path).Read();

    private Recipe Read()
    {
        YamlMappingNode root = _yaml.Parse();
        _yaml.RefuseOthers(root, "a recipe", "model", "weights", "data", "out", "options", "seeds", "steps", "evaluate", "compare");
        string folder = Path.GetDirectoryName(_yaml.Path)!;
        string model = _yaml.Text(root, "model") ?? throw _yaml.Fault(root, "it does not say with which network it begins: model: FILE.");
        ImmutableArray<OptionLine> common = RecipeYaml.Find(root, "options") is { } options ? _options.Read(options) : [];
        RefuseForAll(common);
        var recipe = new Recipe(
            _yaml.Path,
            Prune.SampleModel.IsName(model) ? model : Path.GetFullPath(model, folder),
            _yaml.Text(root, "weights") is { } weights ? Path.GetFullPath(weights, folder) : null,
            _yaml.Text(root, "data") is { } data ? RecipePaths.OfData(data, folder) : null,
            _yaml.Text(root, "out") is { } place ? Path.GetFullPath(place, folder) : null,
            new StepReader(_yaml, common).Read(root))
        {
            ModelLine = RecipeYaml.LineOf(RecipeYaml.Find(root, "model")!),
            DataLine = RecipeYaml.Find(root, "data") is { } named ? RecipeYaml.LineOf(named) : 0,
            Common = common,
            Evaluation = RecipeYaml.Find(root, "evaluate") is { } evaluation ? _options.Read(evaluation) : [],
            Seeds = SeedsIn(root),
            Comparison = ComparisonIn(root),
        };
        RefuseContradictions(root, recipe);
        return recipe;
    }

    private ImmutableArray<int> SeedsIn(YamlMappingNode root)
    {
        if (RecipeYaml.Find(root, "seeds") is not { } node)
        {
            return [];
        }

        YamlNode[] items = node is YamlSequenceNode list ? [.. list] : [node];
        int[] seeds = [.. items.Select(item => int.TryParse(RecipeYaml.TextOf(item), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed)
            ? seed
            : throw _yaml.Fault(item, $"seeds takes whole numbers such as [0, 1, 2], not '{RecipeYaml.TextOf(item)}'."))];
        return seeds.Length > 0 && seeds.Distinct().Count() == seeds.Length ? [.. seeds] : throw _yaml.Fault(node, "seeds takes whole numbers such as [0, 1, 2], each once.");
    }

    private Comparison ComparisonIn(YamlMappingNode root)
    {
        if (RecipeYaml.Find(root, "compare") is not { } node)
        {
            return new Comparison();
        }

        YamlMappingNode map = _yaml.Map(node, "compare says what the small network is compared with, such as {from-scratch: true, narrower: true}.");
        _yaml.RefuseOthers(map, "compare", "from-scratch", "narrower", "epochs");
        ImmutableArray<OptionLine> epochs = _yaml.Text(map, "epochs") is { } text ? [new OptionLine("--epochs", ["--epochs", text], RecipeYaml.LineOf(RecipeYaml.Find(map, "epochs")!))] : [];
        return new Comparison
        {
            Line = RecipeYaml.LineOf(node),
            PrunedShape = TrainingIn(map, "from-scratch", epochs),
            HasNarrower = RecipeYaml.Find(map, "narrower") is not { } narrower || RecipeYaml.TruthOf(narrower) != false,
            Narrower = TrainingIn(map, "narrower", epochs),
        };
    }

    private ImmutableArray<OptionLine>? TrainingIn(YamlMappingNode map, string name, ImmutableArray<OptionLine> epochs)
    {
        if (RecipeYaml.Find(map, name) is not { } node || RecipeYaml.TruthOf(node) == false)
        {
            return null;
        }

        ImmutableArray<OptionLine> own = RecipeYaml.TruthOf(node) == true || node is YamlMappingNode
            ? _options.Read(node)
            : throw _yaml.Fault(node, $"'{name}' takes true, false, or options of a training such as {{epochs: 100}}.");
        return [.. own, .. epochs.Where(option => own.All(other => other.Name != option.Name))];
    }

    // Given to all, these would have every step throw away what those before it did.
    private void RefuseForAll(ImmutableArray<OptionLine> common)
    {
        if (common.FirstOrDefault(static option => option.Name is "--weights" or "--from-scratch") is { } odd)
        {
            throw new InputException(_yaml.Path, odd.Line, odd.Name == "--weights"
                ? "with 'weights' for all steps each would begin with these again. Name them beside model, as weights: FILE."
                : "with 'from-scratch' for all steps each would forget what those before it learned. Give it to the step that begins anew.");
        }
    }

    private void RefuseContradictions(YamlMappingNode root, Recipe recipe)
    {
        if (recipe.Comparison.Line > 0 && recipe.Steps.All(static step => step.Kind != StepKind.Prune))
        {
            throw _yaml.Fault(RecipeYaml.Find(root, "compare")!, "nothing is pruned: there is no small network to compare.");
        }

        if (recipe.Seeds.IsEmpty)
        {
            return;
        }

        if (recipe.Steps.All(static step => step.IsShared) && recipe.Comparison is { PrunedShape: null, Narrower: null })
        {
            throw _yaml.Fault(RecipeYaml.Find(root, "seeds")!, "all steps are shared: there is nothing to repeat for each seed.");
        }

        if (recipe.Steps.SelectMany(static step => step.Options).Concat(recipe.Common).FirstOrDefault(static option => option.Name == "--seed") is { } seed)
        {
            throw new InputException(recipe.Path, seed.Line, "seeds says with which seeds steps are done, and so does this seed. Leave one.");
        }
    }
}
