using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Core.Plans;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.Cli.Run;

/// <summary>
/// Reads 'iterate: {rounds: 4, curve: agp, prune: {...}, fine-tune: {...}}': the prune's goal reached in rounds, with a training
/// behind each. It becomes the steps round-1-prune, round-1-fine-tune, round-2-prune and so on.
/// </summary>
/// <param name="yaml">The recipe.</param>
/// <param name="step">Reads a step of its word and options, given those before it.</param>
internal sealed class RoundsReader(RecipeYaml yaml, Func<YamlNode, YamlNode, IReadOnlyCollection<RecipeStep>, RecipeStep> step)
{
    public const string Word = "iterate";

    private const int Most = 1000;

    /// <exception cref="InputException">Something about them is wrong.</exception>
    public IEnumerable<RecipeStep> Read(YamlNode key, YamlNode options, IReadOnlyCollection<RecipeStep> before)
    {
        YamlMappingNode map = yaml.Map(options, $"'{Word}' takes rounds, prune and fine-tune, such as {{rounds: 4, prune: {{criterion: slim}}, fine-tune: {{epochs: 10}}}}.");
        yaml.RefuseOthers(map, $"'{Word}'", "rounds", "curve", "prune", "fine-tune", StepReader.Shared);
        int rounds = RoundsIn(map, key);
        string curve = CurveIn(map);
        RecipeStep prune = Part(map, key, "prune", before);
        RecipeStep tune = Part(map, key, "fine-tune", before);
        if (prune.Options.FirstOrDefault(static option => option.Name is "--round" or "--curve" or "--original") is { } odd)
        {
            throw new InputException(yaml.Path, odd.Line, $"'{odd.Name[2..]}' is not for this prune to say: '{Word}' does.");
        }

        bool isShared = yaml.IsTrue(map, StepReader.Shared);
        string prefix = before.Any(static other => other.IsRound) ? FormattableString.Invariant($"{Word}-{before.Count(static other => other.BeginsRounds) + 1}-") : string.Empty;
        for (int round = 1; round <= rounds; round++)
        {
            ImmutableArray<OptionLine> where =
            [
                new("--round", ["--round", string.Create(CultureInfo.InvariantCulture, $"{round}/{rounds}")], prune.Line),
                new("--curve", ["--curve", curve], prune.Line),
            ];
            string name = FormattableString.Invariant($"{prefix}round-{round}");
            yield return prune with { Name = $"{name}-prune", Options = [.. prune.Options, .. where], BeginsRounds = round == 1, IsShared = isShared };
            yield return tune with { Name = $"{name}-fine-tune", IsShared = isShared };
        }
    }

    private int RoundsIn(YamlMappingNode map, YamlNode key)
    {
        string text = yaml.Text(map, "rounds") ?? throw yaml.Fault(key, $"'{Word}' does not say how often: rounds: 4, for instance.");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds is > 0 and <= Most
            ? rounds
            : throw yaml.Fault(RecipeYaml.Find(map, "rounds")!, $"'rounds' takes a whole number from 1 to {Most}, not '{text}'.");
    }

    private string CurveIn(YamlMappingNode map)
    {
        string curve = yaml.Text(map, "curve") ?? PruningRound.CurveNames[0];
        return PruningRound.CurveNames.Contains(curve, StringComparer.Ordinal)
            ? curve
            : throw yaml.Fault(RecipeYaml.Find(map, "curve")!, $"'curve' takes {string.Join(", ", PruningRound.CurveNames)}, not '{curve}'.");
    }

    private RecipeStep Part(YamlMappingNode map, YamlNode key, string name, IReadOnlyCollection<RecipeStep> before)
    {
        (YamlNode? word, YamlNode? options) = map.Children.FirstOrDefault(child => RecipeYaml.TextOf(child.Key) == name);
        if (options is YamlMappingNode own && RecipeYaml.Find(own, StepReader.Shared) is { } shared)
        {
            throw yaml.Fault(shared, $"'{StepReader.Shared}' is not for this {name} to say: give it to '{Word}', for all rounds.");
        }

        return word is null ? throw yaml.Fault(key, $"'{Word}' has no {name}: it prunes and fine-tunes in turns.") : step(word, options!, before);
    }
}
