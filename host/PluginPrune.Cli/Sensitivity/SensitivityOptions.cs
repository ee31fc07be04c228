using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Cli.Prune;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Cli.Sensitivity;

/// <summary>The host's own options of `host sensitivity`.</summary>
internal sealed class SensitivityOptions
{
    public const string StandardCriterion = "slim";

    /// <summary>The criterion of networks with layers that have no batch norm.</summary>
    public const string PlainCriterion = "l1";

    /// <summary>Rates of a table that is still easily read.</summary>
    private const string StandardRates = "0.1..0.9";

    public SensitivityOptions()
    {
        PathOptions.RefuseEmpty(Out);
        Groups.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(static token => Layers(token.Value).Length == 0) is { } empty)
            {
                result.AddError($"{Groups.Name} takes layers, for Darknet their indexes such as 4,12, and '{empty.Value}' names none.");
            }
        });
        Rates.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && RateList.Parse(token.Value) is null)
            {
                result.AddError($"{Rates.Name} takes shares above 0 and up to 1, for instance 0.3,0.5,0.7 or 30%,50% or 0.1..0.9 or 0.5..0.9/0.05, not '{token.Value}'.");
            }
        });
        MaxDrop.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double drop) && double.IsFinite(drop) && drop >= 0))
            {
                result.AddError($"{MaxDrop.Name} takes a number of at least 0, for instance 0.01 for one point of mAP, not '{token.Value}'.");
            }
        });
    }

    public Option<string> Criterion { get; } = new("--criterion")
    {
        Description = $"Which channels of a group go first: a criterion's name; its own rate does not matter [default: {StandardCriterion}, or {PlainCriterion} where layers have no batch norm]",
        HelpName = "NAME",
        DefaultValueFactory = static _ => StandardCriterion,
    };

    public ModelArguments Network { get; } = new();

    public Option<string> Rates { get; } = new("--rates")
    {
        Description = $"Shares of a group's channels that go, as a list or FROM..TO in tenths or FROM..TO/STEP [default: {StandardRates}]",
        HelpName = "A,B|A..B",
        DefaultValueFactory = static _ => StandardRates,
    };

    public Option<string[]> Groups { get; } = new("--groups")
    {
        Description = "Look at the channel groups of these layers alone, such as 4,12: names as `host inspect` lists them, each with all that is in it, ranges and patterns; may be given several times",
        HelpName = "LAYERS",
        DefaultValueFactory = static _ => [],
    };

    public Option<string?> Keep { get; } = KeepOption.Make("Layers that nothing goes from, with what is tied to them, as prune has it");

    public Option<string?> Evaluator { get; } = new("--evaluator")
    {
        Description = $"What measures: an evaluator's name, or {EnergyMeter.Name}, a forecast by the criterion's scores that runs nothing [default: {LabelEvaluators.Detection} or {LabelEvaluators.Classification} where pictures have labels, else {LabelEvaluators.Fidelity}]",
        HelpName = "NAME",
    };

    public Option<string?> Metric { get; } = new("--metric") { Description = "Which of its metrics, by its name such as mAP@0.5:0.95 [default: the first]", HelpName = "NAME" };

    public Option<int?> Pictures { get; } = new("--pictures")
    {
        Description = "Measure on N pictures of --data, drawn by --seed; 0 for all [default: 200]",
        HelpName = "N",
        CustomParser = static result =>
        {
            string text = result.Tokens is [var token] ? token.Value : string.Empty;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pictures))
            {
                return pictures;
            }

            result.AddError($"--pictures takes a whole number of at least 0, not '{text}'.");
            return null;
        },
    };

    public RecalibrationArguments Recalibration { get; } = new();

    public Option<string?> MaxDrop { get; } = new("--max-drop")
    {
        Description = "The drop of the metric up to which the table and the picture say how far a group may go [default: 0.01, or 0.1 where less is better]",
        HelpName = "X",
    };

    public EngineArguments Engine { get; } = new("Runs the networks", EngineArguments.Auto);

    public Option<int> Seed { get; } = OptionKinds.Integer("--seed", "Seed of everything random", 0, int.MinValue);

    public Option<string?> Out { get; } = new("--out", "-o") { Description = "Folder that receives sensitivity.json, the picture, and what was measured so far [default: one under runs/]", HelpName = "DIR" };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace the results of other settings" };

    public IEnumerable<Option> All =>
    [
        Network.Model, Network.Weights, Criterion, Rates, Groups, Keep, Evaluator, Metric, Pictures, .. Recalibration.All, MaxDrop, .. Engine.All, Seed, Out, Force,
    ];

    /// <summary>The layers that are named.</summary>
    public ImmutableArray<string> LayersIn(ParseResult result) =>
        [.. result.GetValue(Groups)!.SelectMany(Layers)];

    private static string[] Layers(string text) => text.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
