using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Sensitivity;
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
        new PruneContradictions(options, contributions).Refuse(result);
        contributions.Set.Apply(result);
        ModelSource source = options.Network.SourceIn(result, terminal.Warn);
        string? planPath = result.GetValue(options.Plan);
        int blocks = result.GetValue(options.Blocks);
        if (contributions.Criterion is null && result.GetValue(options.Criterion) is null && blocks == 0 && planPath is null && options.Crop.GivenIn(result) is null && result.GetValue(options.Activation) is null)
        {
            throw new UsageException(
                $"Say what is to go: --criterion {string.Join('|', plugins.Contributions(ContributionKind.Criterion).Select(static criterion => criterion.Name))}, --blocks N, --drop-level P5, --classes 0,2, --activation relu, or --plan FILE.");
        }

        var measuring = PruneMeasuring.Of(options, contributions, plugins, terminal, result, source.ModelPath, cancellationToken);
        if (result.GetValue(options.MaxDrop) is not null && contributions.Curves is null && measuring is not { HasPictures: true })
        {
            throw new UsageException("--max-drop is measured on labelled pictures, and none are named. Name them with --data.");
        }

        PlanRecalibration? recalibration = new PruneRecalibration(options.Recalibration, options.Network, options.Engine, options.Seed, contributions.Data, plugins, terminal).Of(result, cancellationToken);
        if (contributions.Curves is { } curves && CurveFitting.Missing(curves, recalibration) is { } missing)
        {
            terminal.Warn($"The curves of {result.GetValue(options.RatesFrom)} were measured with {missing}, and this network is made without: it loses more than they say. Add {missing}, as they were measured.");
        }

        PlanDocument? plan = planPath is null ? null : ReadPlan(planPath);
        if (measuring is not null)
        {
            measuring.IsCropped = options.Crop.GivenIn(result) is not null || plan?.Crop is not null;
        }

        string stem = Path.GetFileNameWithoutExtension(source.ModelPath);
        IModelFormat format = options.Network.CreateFormat(result, source);
        return new PruneSettings
        {
            Format = format,
            Source = source with { Threads = result.GetValue(options.Engine.Threads) },
            Request = RequestOf(result, blocks, measuring?.TargetFor(recalibration)) with { Round = RoundOf(result, format, source, cancellationToken) },
            Crop = options.Crop.RequestIn(result),
            FindHead = plugins.FindHead,
            NamesOf = network => contributions.Adjustment.In(result).Apply(network, source.ModelPath, terminal.Warn).ClassNames,
            Plan = plan,
            Made = MadeOf(result, blocks),
            Engine = result.GetValue(options.NoVerify) ? null : options.Engine.CreateWithFallback(result, "name another with --engine, or pass --no-verify", terminal.Note),
            Activation = options.Activation.SwapIn(result),
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
        PartRates = result.GetValue(options.Rate) is { } rates ? PartRates.Parse(rates, out _) : null,
        Kept = KeepOption.In(result, options.Keep),
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
            AddChanges(made, result);
            return made.ToImmutable();
        }

        made["criterion"] = contributions.Criterion?.Contribution.FullName ?? "none";
        foreach ((string name, string value) in (contributions.Criterion?.Effective(result) ?? []).Concat(contributions.BuiltOn.Given(result)))
        {
            made[$"criterion.{name}"] = value;
        }

        if (result.GetValue(options.Rate) is { } rates)
        {
            // The criterion's own rate is no part of how the plan is made.
            made[$"criterion.{options.Rate.Name.TrimStart('-')}"] = rates;
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

        foreach (Option<string?> part in new[] { options.Crop.DropLevel, options.Crop.Classes, options.Keep })
        {
            if (result.GetValue(part) is { } text)
            {
                made[part.Name.TrimStart('-')] = text;
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

        AddChanges(made, result);
        made["fold"] = result.GetValue(options.Fold)!;
        made["scope"] = result.GetValue(options.Scope)!;
        made["roundTo"] = result.GetValue(options.RoundTo).ToString(CultureInfo.InvariantCulture);
        made["seed"] = result.GetValue(options.Seed).ToString(CultureInfo.InvariantCulture);
        return made.ToImmutable();
    }

    /// <summary>What is done to the network beside what the plan says.</summary>
    private void AddChanges(ImmutableSortedDictionary<string, string>.Builder made, ParseResult result)
    {
        if (result.GetValue(options.Activation) is { } activation)
        {
            made["activation"] = activation;
        }

        if (options.Recalibration.GivenIn(result) is { } fitted)
        {
            string key = fitted.Name.TrimStart('-');
            made[key] = result.GetValue(fitted).ToString(CultureInfo.InvariantCulture);
            made[$"{key}On"] = result.GetValue(options.Images) ?? result.GetValue(contributions.Data.Data) ?? SampleModel.Data;
            if (result.GetValue(options.Plan) is not null)
            {
                // The plan's own seed, which stays on record, drew other things.
                made[$"{key}Seed"] = result.GetValue(options.Seed).ToString(CultureInfo.InvariantCulture);
            }
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
}
