using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Plans;

namespace PluginPrune.Cli.Prune;

/// <summary>The host's own options of `host prune`; those of criteria, formats and engines come from manifests.</summary>
internal sealed class PruneOptions
{
    public PruneOptions() => PathOptions.RefuseEmpty(Model, Weights, Plan, Out);

    public Option<string?> Criterion { get; } = new("--criterion") { Description = "Which channels go: a criterion's name, or none", HelpName = "NAME" };

    public Option<string> Model { get; } = new("--model", "--cfg")
    {
        Description = "File that describes the network, for Darknet a .cfg [default: the bundled sample]",
        HelpName = "FILE",
        DefaultValueFactory = static _ => SampleModel.Name,
    };

    public Option<string?> Weights { get; } = new("--weights") { Description = "File with the weights [default: beside the model, same name]", HelpName = "FILE" };

    public Option<int> Blocks { get; } = Number("--blocks", "How many residual blocks go", 0, 0, "--shortcuts");

    public Option<string> BlockCriterion { get; } = new("--block-criterion")
    {
        Description = "Which blocks go [default: bn-mean]",
        HelpName = "NAME",
        DefaultValueFactory = static _ => PruneContributions.StandardBlockCriterion,
    };

    public Option<string> Order { get; } = Choice("--order", "What is chosen first; the other is scored on what is left", "channels-first", "blocks-first");

    public Option<string> Scope { get; } = Choice("--scope", "Layers that take part: all, or those of the published Python scripts, compared as they do", "full", "scripts");

    public Option<string?> ToFlops { get; } = Bound("--to-flops", "FLOPs", "2.5G");

    public Option<string?> ToParams { get; } = Bound("--to-params", "parameters", "300k");

    public Option<string?> ToBytes { get; } = Bound("--to-bytes", "bytes of weights", "1.2MB");

    public Option<int> RoundTo { get; } = Number("--round-to", "Layers keep a multiple of this many channels, or all of them", 1, 1);

    public Option<string?> Plan { get; } = new("--plan") { Description = "Apply a plan.json made before, instead of making one", HelpName = "FILE" };

    public Option<string> ClassLogit { get; } = Choice("--class-logit", "With one class: keep its logit, or make it certain for clients that multiply by it", "keep", "certain");

    public Option<string> Engine { get; } = new("--engine")
    {
        Description = "Runs the comparisons [default: managed]",
        HelpName = "NAME",
        DefaultValueFactory = static _ => PruneContributions.StandardEngine,
    };

    public Option<bool> Verify { get; } = new("--verify") { Description = "Run the network before and after and compare the outputs [default]" };

    public Option<bool> NoVerify { get; } = new("--no-verify") { Description = "Leave the comparisons out" };

    public Option<int> Seed { get; } = Number("--seed", "Seed of everything random", 0, int.MinValue);

    public Option<string?> Out { get; } = new("--out", "-o") { Description = "Folder that receives model, plan.json and report.json [default: a new one under runs/]", HelpName = "DIR" };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace files that exist" };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Show what would be done, write nothing" };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Show every layer" };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Option of a contribution in full, NAME.OPTION=VALUE, where two share one name",
        HelpName = "N.O=V",
        DefaultValueFactory = static _ => [],
    };

    public IEnumerable<Option> All =>
    [
        Criterion, Model, Weights, Blocks, BlockCriterion, Order, Scope, ToFlops, ToParams, ToBytes, RoundTo, Plan, ClassLogit, Engine, Verify, NoVerify,
        Seed, Out, Force, DryRun, Verbose, Set,
    ];

    private static Option<int> Number(string name, string description, int standard, int minimum, params string[] aliases)
    {
        var option = new Option<int>(name, aliases)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {standard}]"),
            HelpName = "N",
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum)
                {
                    return number;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number of at least {minimum}, not '{text}'."));
                return standard;
            },
        };
        return option;
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

    private static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} [default: {words[0]}]",
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => words[0],
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value))
            {
                result.AddError($"{name} takes {string.Join(" or ", words)}, not '{token.Value}'.");
            }
        });
        return option;
    }
}
