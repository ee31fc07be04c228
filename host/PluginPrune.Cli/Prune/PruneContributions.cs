using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Cli.Prune;

/// <summary>The contributions that a command line of prune names.</summary>
internal sealed class PruneContributions
{
    public const string StandardBlockCriterion = "bn-mean";

    private const string None = "none";

    public PruneContributions(string[] args, PluginHost plugins, PruneOptions options, Command command)
    {
        Set = new ContributionSet(plugins, command);
        Data = new DataArguments(plugins);
        foreach (Option option in (Option[])[.. Data.All, Adjustment.Names, Evaluators.Evaluator, Set.Set])
        {
            command.Add(option);
        }

        // Curves are of one criterion's choice; its options are to be known before the line is parsed.
        Curves = ArgumentScan.ValueOf(args, options.RatesFrom.Name) is { Length: > 0 } file
            ? SensitivityReader.ReadFile(InputFiles.Existing(options.RatesFrom.Name, file))
            : null;
        if ((ArgumentScan.ValueOf(args, options.Criterion.Name) ?? Curves?.Criterion) is { } criterion && criterion != None)
        {
            Criterion = Set.Named(ContributionKind.Criterion, criterion);
        }

        BuiltOn = new BuiltOnContributions(args, Set, Criterion);

        // Asked for by default, these may be missing where nobody needs them.
        BlockCriterion = Set.NamedOrStandard(
            ContributionKind.BlockCriterion, ArgumentScan.ValueOf(args, options.BlockCriterion.Name), StandardBlockCriterion);
        options.Network.FindFormat(args, Set);
        options.Engine.FindEngine(args, Set);
        Data.FindFormat(args, Set);

        // A run that measures nothing is not bothered with what could be measured.
        Option[] measuring = [Data.Data, Evaluators.Evaluator, options.Measure, options.ToMs, options.MaxDrop];
        if (Array.Exists(measuring, option => ArgumentScan.Names(args, option.Name) && (Curves is null || option != options.MaxDrop)))
        {
            Evaluators.FindEvaluators(args, Set);
        }
        else if (SampleModel.IsMeant(args, options.Network))
        {
            Evaluators.FindCandidates(Set);
            Set.Candidate(ContributionKind.Dataset, SampleModel.Data);
        }
    }

    public ContributionSet Set { get; }

    public DataArguments Data { get; }

    public AdjustmentArguments Adjustment { get; } = new();

    public EvaluatorArguments Evaluators { get; } = new(PruneMeasuring.Detection, PruneMeasuring.Latency, PruneMeasuring.Fidelity) { Others = [LabelEvaluators.Classification] };

    public ContributionOptions? Criterion { get; }

    /// <summary>The criteria that it builds on.</summary>
    public BuiltOnContributions BuiltOn { get; }

    /// <summary>What --rates-from names; null for nothing.</summary>
    public SensitivityDocument? Curves { get; }

    public ContributionOptions? BlockCriterion { get; }

    /// <summary>What the criterion was given when its curves were measured, and as 'subspace.k' what those were given that it builds on; empty where it is another.</summary>
    public ImmutableSortedDictionary<string, string> OfCurves =>
        Curves is not null && Curves.Criterion == Criterion?.Contribution.FullName ? Curves.CriterionOptions : ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The criterion's options that are chosen: those that its curves were measured with, and over them what the command line gives.</summary>
    public Dictionary<string, string> CriterionValuesIn(ParseResult result)
    {
        Dictionary<string, string> given = Criterion!.ValuesIn(result);
        foreach ((string name, string value) in OfCurves.Where(static pair => !pair.Key.Contains('.', StringComparison.Ordinal)))
        {
            given.TryAdd(name, value);
        }

        return given;
    }
}
