using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Data;
using PluginPrune.Core.Engines;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Cli.Sensitivity;

/// <summary>What measures, with what, and on what: all that is the same for every measurement of a run.</summary>
internal sealed class SensitivityMeasuring : IDisposable
{
    private const int StandardPictures = 200;
    private const string PicturesOption = "pictures";
    private const int GeneratedPictures = 64;
    private const long SharedBytes = 2L << 30;

    private readonly ContributionSet _contributions;
    private readonly PluginHost _plugins;
    private readonly Terminal _terminal;
    private readonly SensitivityOptions _options;
    private readonly DataArguments _dataArguments;
    private readonly ParseResult _result;
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private LoadedDataset? _data;
    private ContributionOptions? _evaluator;
    private Dictionary<string, string> _values = [];
    private ChosenEngine? _engine;
    private PlanRecalibration? _recalibration;
    private SharedPrefixEngine? _shared;

    public SensitivityMeasuring(ContributionSet contributions, PluginHost plugins, Terminal terminal, SensitivityOptions options, DataArguments data, ParseResult result) =>
        (_contributions, _plugins, _terminal, _options, _dataArguments, _result) = (contributions, plugins, terminal, options, data, result);

    /// <summary>What ran the networks; null where nothing has to.</summary>
    public string? Engine => _engine is null ? null : EngineText.Of(_engine);

    /// <summary>The pictures; null for none.</summary>
    public Dataset? Pictures { get; private set; }

    /// <summary>What the criterion measures channels with.</summary>
    public required CriterionPictures OfCriterion { get; init; }

    /// <summary>How many pictures there are to draw from.</summary>
    public int AllPictures => _data?.Dataset.Items.Length ?? 0;

    private bool IsEnergy => _result.GetValue(_options.Evaluator) == EnergyMeter.Name;

    /// <summary>Finds out what measures, and reads the labels. Nothing is measured yet.</summary>
    public void Prepare(Network network, CancellationToken cancellationToken)
    {
        if (IsEnergy)
        {
            RefuseBesidesEnergy([_options.Metric, _options.Pictures, .. _options.Recalibration.All, _options.Engine.Engine]);
            return;
        }

        _data = _dataArguments.Load(_result, _terminal, cancellationToken) ?? LoadSample(cancellationToken);
        string name = _result.GetValue(_options.Evaluator) ?? LabelEvaluators.SuitedTo(network, _data?.Dataset, _plugins.FindHead);
        _evaluator = _contributions.Demand(
            _contributions.Candidate(ContributionKind.Evaluator, name), ContributionKind.Evaluator, name, $"name another with {_options.Evaluator.Name}");
        _values = _evaluator.ValuesIn(_result);
        int? wanted = _result.GetValue(_options.Pictures);
        if (wanted is > 0 and var few && _evaluator.Has(PicturesOption))
        {
            _values.TryAdd(PicturesOption, few.ToString(CultureInfo.InvariantCulture));
        }

        if (_data is not null)
        {
            ImmutableArray<DatasetItem> items = _data.Dataset.Items;
            int count = wanted switch { null => StandardPictures, 0 => items.Length, { } number => number };
            Pictures = _data.Dataset with { Items = PictureDraw.Of(items, count, _result.GetValue(_options.Seed)) };
        }

        _recalibration = new PruneRecalibration(_options.Recalibration, _options.Network, _options.Engine, _options.Seed, _dataArguments, _plugins, _terminal).Of(_result, cancellationToken);
        _engine = _options.Engine.ChoiceIn(_result).Run(
            chosen =>
            {
                chosen.Engine.Compile(network).Dispose();
                return chosen;
            },
            _terminal.Note);
    }

    /// <summary>All that decides what a measurement gives, but the plan.</summary>
    public IEnumerable<string> KeyParts(Network network, CancellationToken cancellationToken)
    {
        yield return NetworkHash.Of(network);
        yield return _evaluator is null ? EnergyMeter.Name : $"{_evaluator.Contribution.FullName} {PluginVersion(_evaluator)}";
        foreach ((string name, string value) in _values.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            yield return $"{name}={value}";
        }

        yield return Pictures is null ? "no pictures" : $"{DatasetFingerprint.Of(Pictures)} {PictureHash.Of(Pictures, cancellationToken)}";
        yield return _engine is null ? "no engine" : $"{_engine.Name} {_engine.Description.Library} {string.Join(' ', _options.Engine.SettingsOf(_engine.Name, _result))}";
        yield return string.Create(CultureInfo.InvariantCulture, $"seed {_result.GetValue(_options.Seed)}");
        if (_recalibration is not null)
        {
            yield return $"{(_recalibration.FitsWeights ? "reconstructed" : "recalibrated")} on {PictureHash.Of(_recalibration.Pictures, cancellationToken)}";
        }
    }

    /// <summary>Makes what measures plans.</summary>
    public IPlanMeter MeterOf(Network whole, ChannelDecision decision)
    {
        if (_evaluator is null)
        {
            RefuseBesidesEnergy(OfCriterion.IsUsed ? [] : [_dataArguments.Data]);
            return decision is { Scores.IsDefaultOrEmpty: false, Rule.HasOwnSets: false }
                ? new EnergyMeter(decision.Scores)
                : throw new UsageException($"{_options.Evaluator.Name} {EnergyMeter.Name} goes by scores that say how much a channel matters, and this criterion gives none. Name another evaluator, or another criterion.");
        }

        var services = new EvaluationServices(_plugins.FindHead, _data?.BadPictures);
        Dataset? pictures = Pictures is null ? null : DecodedPictures.Of(Pictures);
        var evaluator = _contributions.Create<IEvaluator>(_evaluator, _values);

        // Not for who looks at the clock.
        bool isShared = evaluator.Needs.HasFlag(EvaluationNeeds.Labels) || _evaluator.Contribution.Name == LabelEvaluators.Fidelity;
        _shared = isShared ? new SharedPrefixEngine(_engine!.Engine, whole, pictures?.Items.Length ?? GeneratedPictures, SharedBytes) : null;
        return new NetworkMeter(
            new NamedEvaluator(_evaluator.Contribution.Name, evaluator),
            (subjects, progress) => new EvaluationContext(subjects, services)
            {
                Dataset = pictures,
                Seed = _result.GetValue(_options.Seed),
                Progress = progress,
                Warn = WarnOnce,
            },
            (name, network) => new EvaluationSubject(name, network, _shared ?? _engine!.Engine))
        {
            Finish = (plan, small, token) => _recalibration?.Apply(plan, small, token).Network ?? small,
        };
    }

    public void Dispose() => _shared?.Dispose();

    /// <summary>Hundreds of measurements would say the same hundreds of times.</summary>
    private void WarnOnce(string text)
    {
        if (_warned.Add(text))
        {
            _terminal.Warn(text);
        }
    }

    /// <summary>A sample is measured on scenes like those that it was trained on.</summary>
    private LoadedDataset? LoadSample(CancellationToken cancellationToken) =>
        _options.Network.IsSample(_result) && _contributions.Candidate(ContributionKind.Dataset, SampleModel.Data) is not null
            ? new SamplePictures(_plugins, _terminal.Warn).Load(cancellationToken)
            : null;

    private string PluginVersion(ContributionOptions used) => _contributions.Plugins.First(plugin => plugin.Plugin == used.Contribution.PluginId).Version;

    /// <summary>Pictures may be the criterion's, which is known once it has decided.</summary>
    private void RefuseBesidesEnergy(Option[] running)
    {
        if (Array.Find(running, option => _result.GetResult(option) is { Implicit: false }) is { } odd)
        {
            throw new UsageException($"{_options.Evaluator.Name} {EnergyMeter.Name} runs nothing and needs no pictures: {odd.Name} would do nothing. Leave one of them.");
        }
    }
}
