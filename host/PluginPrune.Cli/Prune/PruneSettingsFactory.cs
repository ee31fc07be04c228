using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Pruning;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.Prune;

/// <summary>Makes settings of a command line.</summary>
/// <param name="options">The host's own options.</param>
/// <param name="contributions">What was named, with the options that it brought.</param>
/// <param name="plugins">Makes what was named.</param>
/// <param name="terminal">Takes warnings.</param>
internal sealed class PruneSettingsFactory(PruneOptions options, PruneContributions contributions, PluginHost plugins, Terminal terminal)
{
    /// <summary>Reads the command line. Nothing is loaded before all of it makes sense.</summary>
    /// <param name="result">What was parsed.</param>
    /// <exception cref="UsageException">It does not make sense.</exception>
    /// <param name="cancellationToken">Ends the reading of labels early.</param>
    public PruneSettings Create(ParseResult result, CancellationToken cancellationToken)
    {
        RefuseContradictions(result);
        contributions.Set.Apply(result);
        ModelSource source = options.Network.SourceIn(result, terminal.Warn);
        string? planPath = result.GetValue(options.Plan);
        int blocks = result.GetValue(options.Blocks);
        if (contributions.Criterion is null && result.GetValue(options.Criterion) is null && blocks == 0 && planPath is null)
        {
            throw new UsageException(
                $"Say what is to go: --criterion {string.Join('|', plugins.Contributions(ContributionKind.Criterion).Select(static criterion => criterion.Name))}, --blocks N, or --plan FILE.");
        }

        var measuring = PruneMeasuring.Of(options, contributions, plugins, terminal, result, source.ModelPath, cancellationToken);
        if (result.GetValue(options.MaxDrop) is not null && contributions.Curves is null && !contributions.Data.IsGiven(result))
        {
            throw new UsageException("--max-drop is measured on labelled pictures, and none are named. Name them with --data.");
        }

        PlanRecalibration? recalibration = new PruneRecalibration(options.Recalibration, options.Engine, options.Seed, contributions.Data, plugins, terminal).Of(result, cancellationToken);
        string stem = Path.GetFileNameWithoutExtension(source.ModelPath);
        IModelFormat format = options.Network.CreateFormat(result, source);
        return new PruneSettings
        {
            Format = format,
            Source = source with { Threads = result.GetValue(options.Engine.Threads) },
            Request = RequestOf(result, blocks, measuring?.TargetFor(recalibration)) with { Round = RoundOf(result, format, source, cancellationToken) },
            Plan = planPath is null ? null : ReadPlan(planPath),
            Made = MadeOf(result, blocks),
            Engine = result.GetValue(options.NoVerify) ? null : options.Engine.Create(result, "name another with --engine, or pass --no-verify", terminal.Note),
            Recalibration = recalibration,
            Measure = measuring is null ? null : measuring.Measure,
            WriteSidecar = measuring is not null && contributions.Data.IsGiven(result) ? measuring.WriteSidecar : null,
            SingleClass = new SingleClassLogit(DescribeHead),
            MakesClassCertain = result.GetValue(options.ClassLogit) == "certain",
            OutputPath = result.GetValue(options.DryRun) ? null : result.GetValue(options.Out) ?? RunFolder.Of(stem, result.GetValue(options.Criterion) ?? contributions.Criterion?.Contribution.Name, blocks),
            NumbersOutput = result.GetValue(options.Out) is null,
            Stem = stem,
            Overwrites = result.GetValue(options.Force),
        };
    }

    private PlanRequest RequestOf(ParseResult result, int blocks, IMeasuredTarget? target) => new()
    {
        Criterion = contributions.Criterion is { } criterion ? contributions.Set.Create<IPruningCriterion>(criterion, contributions.CriterionValuesIn(result)) : null,
        Curves = contributions.Curves is { } curves ? new CurveAllowance(curves, PruneOptions.NumberOf(result, options.MaxDrop)) : null,
        ChosenOptions = result.GetValue(options.Scope) == "scripts" ? null : contributions.Criterion?.ValuesIn(result).Keys.ToHashSet(StringComparer.Ordinal),
        Budget = new Budget
        {
            Flops = BoundOf(result, options.ToFlops),
            Parameters = BoundOf(result, options.ToParams),
            Bytes = BoundOf(result, options.ToBytes),
        },
        Target = target,
        Blocks = blocks,
        BlockCriterion = blocks == 0 ? null : contributions.Set.Create<IBlockCriterion>(
            contributions.Set.Demand(
                contributions.BlockCriterion, ContributionKind.BlockCriterion, PruneContributions.StandardBlockCriterion, "name another with --block-criterion"),
            result),
        Order = result.GetValue(options.Order) == "blocks-first" ? PlanOrder.BlocksFirst : PlanOrder.ChannelsFirst,
        Scope = result.GetValue(options.Scope) == "scripts" ? PruningScope.Scripts : PruningScope.Full,
        Guards = new SelectionGuards { RoundTo = result.GetValue(options.RoundTo) },
        Folding = FoldingModes.Find(result.GetValue(options.Fold)!)!.Value,
        Seed = result.GetValue(options.Seed),
    };

    private PruningRound? RoundOf(ParseResult result, IModelFormat format, ModelSource source, CancellationToken cancellationToken)
    {
        if (result.GetResult(options.Round) is not { Implicit: false })
        {
            return null;
        }

        (int number, int count) = result.GetValue(options.Round);
        string? named = result.GetValue(options.Original);
        if (named is null && number > 1)
        {
            throw new UsageException($"{options.Round.Name} {number}/{count} refers to the network before the first round. Name it with {options.Original.Name} FILE.");
        }

        string path = named is null ? source.ModelPath : InputFiles.Existing(options.Original.Name, SampleModel.PathOf(named));
        return new PruningRound(number, count, PruningRound.CurveOf(result.GetValue(options.Curve)!), format.Read(new ModelSource(path, null, terminal.Warn) { IsUntrained = true }, cancellationToken));
    }

    private static BudgetBound? BoundOf(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { } text ? BudgetBound.Parse(text) : null;

    private ImmutableSortedDictionary<string, string> MadeOf(ParseResult result, int blocks)
    {
        var made = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (result.GetValue(options.Plan) is { } plan)
        {
            made["plan"] = Path.GetFileName(plan);
            AddRecalibration(made, result);
            return made.ToImmutable();
        }

        made["criterion"] = contributions.Criterion?.Contribution.FullName ?? "none";
        foreach ((string name, string value) in (contributions.Criterion?.Effective(result) ?? []).Concat(contributions.BuiltOn.Given(result)))
        {
            made[$"criterion.{name}"] = value;
        }

        if (contributions.Curves is not null)
        {
            made["rates-from"] = Path.GetFileName(result.GetValue(options.RatesFrom)!);
            foreach ((string name, string value) in contributions.CriterionValuesIn(result).Concat(contributions.OfCurves.Where(pair => !made.ContainsKey($"criterion.{pair.Key}"))).ToArray())
            {
                made[$"criterion.{name}"] = value;
            }
        }

        if (blocks > 0)
        {
            made["blocks"] = blocks.ToString(CultureInfo.InvariantCulture);
            made["blockCriterion"] = contributions.BlockCriterion!.Contribution.FullName;
            made["order"] = result.GetValue(options.Order)!;
        }

        foreach (Option<string?> bound in new[] { options.ToFlops, options.ToParams, options.ToBytes, options.ToMs, options.MaxDrop })
        {
            if (result.GetValue(bound) is { } text)
            {
                made[bound.Name.TrimStart('-')] = text;
            }
        }

        if (result.GetResult(options.Round) is { Implicit: false })
        {
            (int number, int count) = result.GetValue(options.Round);
            made["round"] = string.Create(CultureInfo.InvariantCulture, $"{number}/{count}");
            made["curve"] = result.GetValue(options.Curve)!;
        }

        if (result.GetValue(options.ClassLogit) == "certain")
        {
            made["classLogit"] = "certain";
        }

        AddRecalibration(made, result);
        made["fold"] = result.GetValue(options.Fold)!;
        made["scope"] = result.GetValue(options.Scope)!;
        made["roundTo"] = result.GetValue(options.RoundTo).ToString(CultureInfo.InvariantCulture);
        made["seed"] = result.GetValue(options.Seed).ToString(CultureInfo.InvariantCulture);
        return made.ToImmutable();
    }

    private void AddRecalibration(ImmutableSortedDictionary<string, string>.Builder made, ParseResult result)
    {
        if (result.GetValue(options.Recalibrate) is > 0 and var pictures)
        {
            made["recalibrate"] = pictures.ToString(CultureInfo.InvariantCulture);
            made["recalibrateOn"] = result.GetValue(options.Images) ?? result.GetValue(contributions.Data.Data)!;
        }
    }

    private HeadLayout? DescribeHead(Head head, Shape input) =>
        plugins.Catalog.Find(ContributionKind.Head, head.Kind).Contribution is { } contribution
            ? plugins.Create<IHead>(ContributionKind.Head, contribution.FullName, ImmutableDictionary<string, string>.Empty).GetOrThrow().Describe(head, input)
            : null;

    private PlanDocument ReadPlan(string path)
    {
        InputFiles.Existing(options.Plan.Name, path);
        return PlanJson.ReadFile(path);
    }

    private void RefuseContradictions(ParseResult result)
    {
        if (result.GetValue(options.Plan) is not null)
        {
            // A plan is applied as it is: what would choose otherwise must not be passed over in silence.
            Option[] choosing =
            [
                options.Criterion, options.Blocks, options.BlockCriterion, options.Order, options.Scope,
                options.ToFlops, options.ToParams, options.ToBytes, options.ToMs, options.MaxDrop, options.RatesFrom, options.RoundTo, options.Round, options.Fold,
                .. contributions.Criterion?.Options ?? [],
            ];
            if (Array.Find(choosing, option => result.GetResult(option) is { Implicit: false }) is { } odd)
            {
                throw new UsageException($"--plan applies a plan as it is, and {odd.Name} helps to make one. Leave one of them.");
            }
        }

        Option[] bounds = [options.ToFlops, options.ToParams, options.ToBytes, options.ToMs];
        if (result.GetValue(options.MaxDrop) is not null && Array.Find(bounds, option => result.GetResult(option) is { Implicit: false }) is { } bound)
        {
            throw new UsageException($"{options.MaxDrop.Name} takes as much as can go, and {bound.Name} as little as must. Leave one of them.");
        }

        if (contributions.Curves is not null)
        {
            RefuseBesidesCurves(result, bounds);
        }

        bool isRound = result.GetResult(options.Round) is { Implicit: false };
        if (!isRound && Array.Find<Option>([options.Original, options.Curve], option => result.GetResult(option) is { Implicit: false }) is { } round)
        {
            throw new UsageException($"{round.Name} is about rounds, and this is none. Add {options.Round.Name} 1/4, for instance.");
        }

        if (isRound && Array.Find([options.ToMs, options.MaxDrop], option => result.GetResult(option) is { Implicit: false }) is { } target)
        {
            throw new UsageException($"{options.Round.Name} divides a rate or a budget, and {target.Name} is measured anew each time. Leave one of them, or give {options.ToMs.Name} or {options.MaxDrop.Name} to a prune behind the rounds.");
        }

        Option[] measured = [options.ToMs, .. contributions.Curves is null ? (Option[])[options.MaxDrop] : [], options.Measure];
        if (result.GetValue(options.NoMeasure) && Array.Find(measured, option => result.GetResult(option) is { Implicit: false }) is { } wanted)
        {
            throw new UsageException($"{options.NoMeasure.Name} and {wanted.Name} contradict each other. Leave one of them.");
        }

        if (result.GetValue(options.Verify) && result.GetValue(options.NoVerify))
        {
            throw new UsageException("--verify and --no-verify contradict each other. Leave one of them.");
        }
    }

    private void RefuseBesidesCurves(ParseResult result, Option[] bounds)
    {
        string name = options.RatesFrom.Name;
        if (result.GetValue(options.MaxDrop) is null && !Array.Exists(bounds, option => result.GetResult(option) is { Implicit: false }))
        {
            throw new UsageException($"{name} tells what each group can lose; say how much it may: {options.MaxDrop.Name} 0.01 for each, or a budget for all such as {options.ToFlops.Name} 50%.");
        }

        if (contributions.Criterion is null)
        {
            throw new UsageException($"{name} says how many channels of a group go, and a criterion must say which: leave {options.Criterion.Name} none.");
        }

        if (result.GetValue(options.Scope) == "scripts")
        {
            throw new UsageException($"{name} is about all layers, and {options.Scope.Name} scripts leaves some out. Leave one of them.");
        }

        if (result.GetResult(options.Round) is { Implicit: false })
        {
            throw new UsageException($"{name} is about the network before its first round, and {options.Round.Name} goes on after it. Measure what each round leaves, or leave one of them.");
        }
    }
}
