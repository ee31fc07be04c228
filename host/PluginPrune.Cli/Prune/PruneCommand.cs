using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Plan;
using PluginPrune.Cli.Plugins;
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
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.Prune;

/// <summary>`host prune`: the main job.</summary>
internal sealed class PruneCommand : Command, IDescribedCommand
{
    public const string CommandName = "prune";

    public const string Summary = "Makes a network smaller: channels by a criterion, blocks by another";

    private readonly PruneOptions _options = new();
    private readonly PruneContributions _contributions;
    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;

    public PruneCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        foreach (Option option in _options.All)
        {
            Add(option);
        }

        _contributions = new PruneContributions(args, plugins, _options, this);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups =>
        _contributions.All.Select(static group => ($"Options of {PluginJson.KindOf(group.Contribution)} {group.Contribution.Name}", group.Options));

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists =>
    [
        ("Criteria", _plugins.Contributions(ContributionKind.Criterion).Select(static criterion => (criterion.Name, criterion.Summary))),
        ("Block criteria", _plugins.Contributions(ContributionKind.BlockCriterion).Select(static criterion => (criterion.Name, criterion.Summary))),
    ];

    public string Example => "host prune --criterion slim --global-percent 0.7 --model yolov3.cfg --weights yolov3.weights --out small";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        PruneSettings settings = SettingsOf(result);
        var services = new PruningServices((name, options) =>
            _plugins.Create<IPruningCriterion>(ContributionKind.Criterion, name, options).GetOrThrow());
        var run = new PruneRun(services, TimeProvider.System)
        {
            StepBegins = step => _terminal.Progress(step switch
            {
                "read" => $"Reading {settings.Source.ModelPath}",
                "verify" => "Verifying: four runs of the network; --no-verify leaves them out",
                _ => string.Empty,
            }),
        };
        using var folders = new MadeFolders(settings.OutputPath);
        PruneReport report = run.Execute(settings, cancellationToken);

        if (result.GetValue(_options.Model) == SampleModel.Name)
        {
            report = report with { Warnings = [SampleModel.Note, .. report.Warnings] };
        }

        if (result.GetValue(_common.Json))
        {
            PruneReportJson.Write(report, _terminal.ResultStream);
            return ExitCodes.Done;
        }

        new PruneTables(_terminal.Results).Write(report, result.GetValue(_options.Verbose));
        if (report.OutputPath is null)
        {
            new PlanTables(_terminal.Results).DryRun(report.Plan, result.GetValue(_options.Verbose));
        }

        foreach (string warning in report.Warnings)
        {
            _terminal.Warn(warning);
        }

        return ExitCodes.Done;
    }

    private PruneSettings SettingsOf(ParseResult result)
    {
        RefuseContradictions(result);
        _contributions.Apply(result.GetValue(_options.Set)!);
        string model = result.GetValue(_options.Model)!;
        string modelPath = model == SampleModel.Name ? SampleModel.CfgPath : Path.GetFullPath(model);
        RefuseMissing("--model", modelPath);
        string? weights = result.GetValue(_options.Weights) is { } given ? Path.GetFullPath(given) : null;
        if (weights is not null)
        {
            RefuseMissing("--weights", weights);
        }

        string? planPath = result.GetValue(_options.Plan);
        int blocks = result.GetValue(_options.Blocks);
        if (result.GetValue(_options.Criterion) is null && blocks == 0 && planPath is null)
        {
            throw new UsageException(
                $"Say what is to go: --criterion {string.Join('|', _plugins.Contributions(ContributionKind.Criterion).Select(static criterion => criterion.Name))}, --blocks N, or --plan FILE.");
        }

        ContributionOptions format = _contributions.Format ?? throw new UsageException(
            $"--model names {modelPath}, which no plugin reads by its extension; it takes {string.Join(", ", _plugins.Contributions(ContributionKind.Format).SelectMany(static known => known.Extensions))}.");
        string stem = Path.GetFileNameWithoutExtension(modelPath);
        return new PruneSettings
        {
            Format = _contributions.Create<IModelFormat>(format, result),
            Source = new ModelSource(modelPath, weights, _terminal.Warn) { Threads = ThreadsIn(result) },
            Request = RequestOf(result, blocks),
            Plan = planPath is null ? null : ReadPlan(planPath),
            Made = MadeOf(result, blocks),
            Engine = result.GetValue(_options.NoVerify) ? null : CreateEngine(result),
            SingleClass = new SingleClassLogit(DescribeHead),
            MakesClassCertain = result.GetValue(_options.ClassLogit) == "certain",
            OutputPath = result.GetValue(_options.DryRun) ? null : result.GetValue(_options.Out) ?? RunFolder.New(stem, result.GetValue(_options.Criterion), blocks),
            Stem = stem,
            Overwrites = result.GetValue(_options.Force),
        };
    }

    private PlanRequest RequestOf(ParseResult result, int blocks) => new()
    {
        Criterion = _contributions.Criterion is { } criterion ? _contributions.Create<IPruningCriterion>(criterion, result) : null,
        Budget = new Budget
        {
            Flops = BoundOf(result, _options.ToFlops),
            Parameters = BoundOf(result, _options.ToParams),
            Bytes = BoundOf(result, _options.ToBytes),
        },
        Blocks = blocks,
        BlockCriterion = blocks == 0 ? null : _contributions.Create<IBlockCriterion>(
            _contributions.Demand(
                _contributions.BlockCriterion, ContributionKind.BlockCriterion, PruneContributions.StandardBlockCriterion, "name another with --block-criterion"),
            result),
        Order = result.GetValue(_options.Order) == "blocks-first" ? PlanOrder.BlocksFirst : PlanOrder.ChannelsFirst,
        Scope = result.GetValue(_options.Scope) == "scripts" ? PruningScope.Scripts : PruningScope.Full,
        Guards = new SelectionGuards { RoundTo = result.GetValue(_options.RoundTo) },
        Seed = result.GetValue(_options.Seed),
    };

    /// <summary>An engine that takes --threads brings the option; what it says holds for reading and cutting too.</summary>
    private int ThreadsIn(ParseResult result) =>
        _contributions.Engine?.ValuesIn(result).TryGetValue("threads", out string? threads) == true ? int.Parse(threads, CultureInfo.InvariantCulture) : 0;

    private static BudgetBound? BoundOf(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { } text ? BudgetBound.Parse(text) : null;

    private IEngine CreateEngine(ParseResult result) => _contributions.Create<IEngine>(
        _contributions.Demand(
            _contributions.Engine, ContributionKind.Engine, PruneContributions.StandardEngine, "name another with --engine, or pass --no-verify"),
        result);

    private ImmutableSortedDictionary<string, string> MadeOf(ParseResult result, int blocks)
    {
        var made = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (result.GetValue(_options.Model) == SampleModel.Name)
        {
            // What is written outlives the warning on the screen.
            made["sample"] = SampleModel.Note;
        }

        if (result.GetValue(_options.Plan) is { } plan)
        {
            made["plan"] = Path.GetFileName(plan);
            return made.ToImmutable();
        }

        made["criterion"] = _contributions.Criterion?.Contribution.FullName ?? "none";
        foreach ((string name, string value) in _contributions.Criterion?.Effective(result) ?? [])
        {
            made[$"criterion.{name}"] = value;
        }

        if (blocks > 0)
        {
            made["blocks"] = blocks.ToString(CultureInfo.InvariantCulture);
            made["blockCriterion"] = _contributions.BlockCriterion!.Contribution.FullName;
            made["order"] = result.GetValue(_options.Order)!;
        }

        foreach (Option<string?> bound in new[] { _options.ToFlops, _options.ToParams, _options.ToBytes })
        {
            if (result.GetValue(bound) is { } text)
            {
                made[bound.Name.TrimStart('-')] = text;
            }
        }

        made["scope"] = result.GetValue(_options.Scope)!;
        made["roundTo"] = result.GetValue(_options.RoundTo).ToString(CultureInfo.InvariantCulture);
        made["seed"] = result.GetValue(_options.Seed).ToString(CultureInfo.InvariantCulture);
        return made.ToImmutable();
    }

    private HeadLayout? DescribeHead(Head head, Shape input) =>
        _plugins.Catalog.Find(ContributionKind.Head, head.Kind).Contribution is { } contribution
            ? _plugins.Create<IHead>(ContributionKind.Head, contribution.FullName, ImmutableDictionary<string, string>.Empty).GetOrThrow().Describe(head, input)
            : null;

    private static PlanDocument ReadPlan(string path)
    {
        RefuseMissing("--plan", Path.GetFullPath(path));
        return PlanJson.ReadFile(path);
    }

    private void RefuseContradictions(ParseResult result)
    {
        if (result.GetValue(_options.Plan) is not null)
        {
            // A plan is applied as it is: what would choose otherwise must not be passed over in silence.
            Option[] choosing =
            [
                _options.Criterion, _options.Blocks, _options.BlockCriterion, _options.Order, _options.Scope,
                _options.ToFlops, _options.ToParams, _options.ToBytes, _options.RoundTo,
                .. _contributions.Criterion?.Options ?? [],
            ];
            if (Array.Find(choosing, option => result.GetResult(option) is { Implicit: false }) is { } odd)
            {
                throw new UsageException($"--plan applies a plan as it is, and {odd.Name} helps to make one. Leave one of them.");
            }
        }

        if (result.GetValue(_options.Verify) && result.GetValue(_options.NoVerify))
        {
            throw new UsageException("--verify and --no-verify contradict each other. Leave one of them.");
        }
    }

    private static void RefuseMissing(string option, string path)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"{option} names {path}, which is a folder; it takes a file.");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{option} names {path}, which does not exist.");
        }
    }
}
