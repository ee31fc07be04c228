using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.Prune;

/// <summary>The host's own options of `host prune`; those of criteria, formats and engines come from manifests.</summary>
internal sealed class PruneOptions
{
    public PruneOptions()
    {
        PathOptions.RefuseEmpty(Plan, Out, Original, RatesFrom);
        ToMs.Validators.Add(result => RefuseUnless(result, ToMs, static value => value > 0, "a number of milliseconds above 0, for instance 20"));
        MaxDrop.Validators.Add(result => RefuseUnless(result, MaxDrop, static value => value >= 0, "a number of at least 0, for instance 0.01 for one point of mAP"));
    }

    public Option<string?> Criterion { get; } = new("--criterion") { Description = "Which channels go: a criterion's name, or none. Where its rate is not given and sparse training left zeros, these go and no more", HelpName = "NAME" };

    public ModelArguments Network { get; } = new();

    public CropArguments Crop { get; } = new();

    public Option<int> Blocks { get; } = OptionKinds.Integer("--blocks", "How many residual blocks go", 0, 0, "--shortcuts");

    public Option<string> BlockCriterion { get; } = new("--block-criterion")
    {
        Description = "Which blocks go [default: bn-mean]",
        HelpName = "NAME",
        DefaultValueFactory = static _ => PruneContributions.StandardBlockCriterion,
    };

    public Option<string> Order { get; } = OptionKinds.Choice("--order", "What is chosen first; the other is scored on what is left", "channels-first", "blocks-first");

    public Option<string> Scope { get; } = OptionKinds.Choice("--scope", "Layers that take part: all, or those of the published Python scripts, compared as they do", "full", "scripts");

    public Option<string?> ToFlops { get; } = Bound("--to-flops", "FLOPs", "2.5G");

    public Option<string?> ToParams { get; } = Bound("--to-params", "parameters", "300k");

    public Option<string?> ToBytes { get; } = Bound("--to-bytes", "bytes of weights", "1.2MB");

    public Option<string?> ToMs { get; } = new("--to-ms")
    {
        Description = "Take at most so many milliseconds a picture, measured on this machine; the criterion's rate is searched for",
        HelpName = "MS",
    };

    public Option<string?> MaxDrop { get; } = new("--max-drop")
    {
        Description = "Take the most that can go while the first metric (mAP) on --data drops by at most so much; the criterion's rate is searched for. With --rates-from: the drop that each group is allowed, by what was measured before",
        HelpName = "X",
    };

    public Option<string?> RatesFrom { get; } = new("--rates-from")
    {
        Description = "Prune each channel group as far as its own curve in a sensitivity.json allows: with --max-drop by that much, with a budget by as much as it takes. The criterion is the file's unless named",
        HelpName = "FILE",
    };

    public Option<string?> Rate { get; } = PartRateOption.Make();

    public Option<string?> Keep { get; } = KeepOption.Make();

    public Option<string?> Activation { get; } = ActivationArgument.Make();

    public Option<int> RoundTo { get; } = OptionKinds.Integer("--round-to", "Layers keep a multiple of this many channels, or all of them", 1, 1);

    public Option<(int Number, int Count)> Round { get; } = new("--round")
    {
        Description = "One round of several with fine-tuning between them, for instance 2/4: rates, floors, budgets and blocks are those of the last one",
        HelpName = "K/N",
        CustomParser = static result =>
        {
            string text = result.Tokens is [var token] ? token.Value : string.Empty;
            string[] parts = text.Split('/');
            if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && number >= 1 && number <= count)
            {
                return (number, count);
            }

            result.AddError($"--round takes a round and how many there are, for instance 2/4, not '{text}'.");
            return default;
        },
    };

    public Option<string> Curve { get; } = OptionKinds.Choice("--curve", "How much has gone after each round: much at first (Zhu and Gupta 2017), evenly, or the same share of what is left", [.. PruningRound.CurveNames]);

    public Option<string?> Original { get; } = new("--original")
    {
        Description = "The network before the first round, to which rates, floors and budgets refer; its weights are not read",
        HelpName = "FILE",
    };

    public Option<string?> Plan { get; } = new("--plan") { Description = "Apply a plan.json made before, instead of making one", HelpName = "FILE" };

    public Option<string> Fold { get; } = OptionKinds.Choice(
        "--fold",
        "What dropped channels still contributed: moved into means and biases, exact but for borders; exact there too, for a few constant channels; or lost",
        [.. FoldingModes.Names]);

    public RecalibrationArguments Recalibration { get; } = new();

    public Option<string?> Images => Recalibration.Images;

    public Option<string> ClassLogit { get; } = OptionKinds.Choice("--class-logit", "With one class: keep its logit, or make it certain for clients that multiply by it", "keep", "certain");

    public EngineArguments Engine { get; } = new(
        "Runs the network, to compare and to measure", EngineArguments.Embedded, standardText: $"{EngineArguments.Embedded} compares, {EngineArguments.Auto} measures");

    public Option<bool> Verify { get; } = new("--verify") { Description = "Run the network before and after and compare the outputs [default]" };

    public Option<bool> NoVerify { get; } = new("--no-verify") { Description = "Leave the comparisons out" };

    public Option<bool> Measure { get; } = new("--measure") { Description = "Measure milliseconds, and outputs on pictures, before and after [default: with --data, and of the sample]" };

    public Option<bool> NoMeasure { get; } = new("--no-measure") { Description = "Leave that out" };

    public Option<int> Seed { get; } = OptionKinds.Integer("--seed", "Seed of everything random", 0, int.MinValue);

    public Option<string?> Out { get; } = new("--out", "-o") { Description = "Folder that receives model, plan.json and report.json [default: a new one under runs/]", HelpName = "DIR" };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace files that exist" };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Show what would be done, write nothing" };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Show every layer" };

    public IEnumerable<Option> All =>
    [
        Criterion, Network.Model, Network.Weights, .. Crop.All, Blocks, BlockCriterion, Order, Scope, ToFlops, ToParams, ToBytes, ToMs, MaxDrop, RatesFrom, Rate, Keep, RoundTo, Round, Curve, Original, Fold, Activation, .. Recalibration.All, Plan, ClassLogit, .. Engine.All, Verify, NoVerify, Measure, NoMeasure,
        Seed, Out, Force, DryRun, Verbose,
    ];

    /// <summary>The number that an option gives, or null.</summary>
    public static double? NumberOf(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static void RefuseUnless(OptionResult result, Option option, Func<double, bool> isAllowed, string wanted)
    {
        if (result.Tokens is [var token]
            && !(double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && isAllowed(number)))
        {
            result.AddError($"{option.Name} takes {wanted}, not '{token.Value}'.");
        }
    }

    private static Option<string?> Bound(string name, string what, string example)
    {
        var option = new Option<string?>(name)
        {
            Description = $"Leave at most so much of the {what}; the criterion's rate is searched for",
            HelpName = $"50%|{example}",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && BudgetBound.Parse(token.Value) is null)
            {
                result.AddError($"{name} takes a share such as 50% or a number such as {example}, not '{token.Value}'.");
            }
        });
        return option;
    }
}
