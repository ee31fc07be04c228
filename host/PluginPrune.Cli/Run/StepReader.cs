using System.Collections.Immutable;
using PluginPrune.Contracts;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.Cli.Run;

/// <summary>Reads the steps of a recipe.</summary>
/// <param name="yaml">The recipe.</param>
/// <param name="common">What it gives to all steps.</param>
internal sealed class StepReader(RecipeYaml yaml, ImmutableArray<OptionLine> common)
{
    /// <summary>Says of a step that it is done once.</summary>
    public const string Shared = "shared";

    private const string Leaves = "result";

    private static readonly Dictionary<string, StepKind> Kinds = new(StringComparer.Ordinal)
    {
        ["train"] = StepKind.Train,
        ["sparse"] = StepKind.Train,
        ["fine-tune"] = StepKind.Train,
        [RecipeStep.Distil] = StepKind.Train,
        ["prune"] = StepKind.Prune,
        ["eval"] = StepKind.Eval,
        ["export"] = StepKind.Export,
    };

    private readonly OptionReader _options = new(yaml);

    /// <exception cref="InputException">There are none, or something about them is wrong.</exception>
    public ImmutableArray<RecipeStep> Read(YamlMappingNode root)
    {
        if (RecipeYaml.Find(root, "steps") is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            throw yaml.Fault(RecipeYaml.Find(root, "steps") ?? root, "it has no steps: steps takes a list such as '- train: {epochs: 100}'.");
        }

        var steps = ImmutableArray.CreateBuilder<RecipeStep>(list.Children.Count);
        foreach (YamlNode item in list)
        {
            if (item is not YamlMappingNode { Children.Count: 1 } map)
            {
                throw yaml.Fault(item, "a step is one word with its options, such as '- prune: {criterion: slim}'.");
            }

            (YamlNode key, YamlNode options) = map.Children.Single();
            IEnumerable<RecipeStep> read = RecipeYaml.TextOf(key) == RoundsReader.Word ? new RoundsReader(yaml, Step).Read(key, options, steps) : [Step(key, options, steps)];
            foreach (RecipeStep step in read)
            {
                if (step.IsShared && steps.FirstOrDefault(static other => !other.IsShared) is { } before)
                {
                    throw yaml.Fault(key, $"'{step.Name}' is shared and builds on '{before.Name}', which is not: what is done once cannot begin with what is done for each seed.");
                }

                steps.Add(step);
            }
        }

        return steps.ToImmutable();
    }

    private RecipeStep Step(YamlNode key, YamlNode options, IReadOnlyCollection<RecipeStep> before)
    {
        string word = RecipeYaml.TextOf(key);
        if (!Kinds.TryGetValue(word, out StepKind kind))
        {
            throw yaml.Fault(key, $"there is no step '{word}'; there are {string.Join(", ", Kinds.Keys)}, {RoundsReader.Word}.");
        }

        int same = before.Count(other => other.Name == word || other.Name.StartsWith(word + "-", StringComparison.Ordinal));
        var step = new RecipeStep(same == 0 ? word : FormattableString.Invariant($"{word}-{same + 1}"), kind, _options.Read(options, Shared, Leaves), RecipeYaml.LineOf(key))
        {
            IsShared = options is YamlMappingNode map && yaml.IsTrue(map, Shared),
            IsTaught = word == RecipeStep.Distil,
            LeavesBest = options is YamlMappingNode settings && LeavesBestIn(settings, kind),
        };
        if (word == "sparse" && !step.Options.Concat(common).Any(static option => option.Name is "--sparsity" or "--sparse"))
        {
            throw yaml.Fault(key, "'sparse' pulls scales towards 0, and nothing says how strongly: add sparsity: 0.01, for instance.");
        }

        if (word == "fine-tune" && step.IsFromScratch)
        {
            throw yaml.Fault(key, "'fine-tune' goes on with what was learned, and from-scratch throws that away: call it train.");
        }

        return step;
    }

    private bool LeavesBestIn(YamlMappingNode map, StepKind kind) => yaml.Text(map, Leaves) switch
    {
        null => false,
        _ when kind != StepKind.Train => throw yaml.Fault(RecipeYaml.Find(map, Leaves)!, $"'{Leaves}' says which network a training leaves, and this step trains none."),
        "last" => false,
        "best" => true,
        { } other => throw yaml.Fault(RecipeYaml.Find(map, Leaves)!, $"'{Leaves}' takes last or best, not '{other}'."),
    };
}
