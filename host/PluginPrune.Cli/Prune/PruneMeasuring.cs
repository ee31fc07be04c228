using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Data;
using PluginPrune.Core.Engines;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Pruning;
using PluginPrune.Core.Recalibration;

namespace PluginPrune.Cli.Prune;

/// <summary>Measures a network before and after, and on the way where a rate is searched for by measuring.</summary>
internal sealed class PruneMeasuring
{
    public const string Detection = LabelEvaluators.Detection;

    public const string Latency = "latency";

    public const string Fidelity = LabelEvaluators.Fidelity;

    private const string Runs = "runs";
    private const string StandardRuns = "21";
    private const int CloserLook = 3;
    private const int Attempts = 3;

    private readonly PruneOptions _options;
    private readonly PruneContributions _contributions;
    private readonly PluginHost _plugins;
    private readonly Terminal _terminal;
    private readonly ParseResult _result;
    private readonly string _modelPath;
    private readonly LoadedDataset? _data;
    private bool _isNamesSuggested;
    private readonly EvaluationSession _session;
    private readonly NetworkAdjustment _adjustment;
    private ChosenEngine? _engine;
    private Network? _original;

    private PruneMeasuring(
        PruneOptions options, PruneContributions contributions, PluginHost plugins, Terminal terminal, ParseResult result, string modelPath, LoadedDataset? data)
    {
        (_options, _contributions, _plugins, _terminal, _result, _modelPath, _data) = (options, contributions, plugins, terminal, result, modelPath, data);
        _session = new EvaluationSession(plugins, terminal, data) { Seed = result.GetValue(options.Seed) };
        _adjustment = contributions.Adjustment.In(result);
    }

    /// <summary>Whether the heads are cropped, so that networks bear their names already.</summary>
    public bool IsCropped { get; set; }

    /// <summary>Whether there are labelled pictures: those that are named, or a sample's.</summary>
    public bool HasPictures => _data is not null;

    /// <summary>The classes' names, where they are told; after a measurement.</summary>
    private ImmutableArray<string> ClassNames { get; set; } = [];

    /// <summary>Reads the pictures that the command line names; null where nothing is to be measured.</summary>
    public static PruneMeasuring? Of(
        PruneOptions options, PruneContributions contributions, PluginHost plugins, Terminal terminal, ParseResult result, string modelPath, CancellationToken cancellationToken)
    {
        bool isSample = options.Network.IsSample(result);
        if (result.GetValue(options.NoMeasure) || (contributions.Evaluators.Found.Count == 0 && !contributions.Data.IsGiven(result)))
        {
            return null;
        }

        LoadedDataset? data = contributions.Data.Load(result, terminal, cancellationToken)
            ?? (isSample && contributions.Set.Candidate(ContributionKind.Dataset, SampleModel.Data) is not null
                ? new SamplePictures(plugins, terminal.Warn).Load(cancellationToken)
                : null);
        return new PruneMeasuring(options, contributions, plugins, terminal, result, modelPath, data);
    }

    /// <summary>Measures both networks.</summary>
    public EvaluationReport Measure(Network before, Network after, CancellationToken cancellationToken)
    {
        ChosenEngine engine = EngineFor(before);
        return _session.Measure(
            [.. SuitedTo(before).Select(evaluator => _contributions.Evaluators.Create(evaluator, evaluator.ValuesIn(_result)))],
            [Subject("before", before, engine), Subject("after", after, engine)],
            cancellationToken) with
        {
            Engine = EngineText.Of(engine),
        };
    }

    /// <summary>What the command line wants of the small network when it is run; null for nothing.</summary>
    /// <param name="recalibration">What is done to it before, or null.</param>
    public IMeasuredTarget? TargetFor(PlanRecalibration? recalibration) =>
        PruneOptions.NumberOf(_result, _options.ToMs) is { } limit ? new TimeTarget(limit, Time) { Criterion = _contributions.Curves is null ? _contributions.Criterion?.Contribution : null }
        : _contributions.Curves is null && PruneOptions.NumberOf(_result, _options.MaxDrop) is { } drop ? new AccuracyTarget(drop, Accuracy)
        {
            Finish = (plan, small, cancellationToken) => recalibration?.Apply(plan, small, cancellationToken).Network ?? small,
        }
        : null;

    /// <summary>Writes what who deploys the small network needs to know.</summary>
    public void WriteSidecar(Network small, EvaluationReport? evaluation, OutputFolder output)
    {
        using (Stream sidecar = output.Create(".deploy.json"))
        {
            DeploymentSidecar.Write(small, ClassNames, LabelEvaluators.FindsObjects(small, _plugins.FindHead), evaluation, sidecar);
        }

        if (!ClassNames.IsEmpty)
        {
            using Stream names = output.Create(".names");
            DeploymentSidecar.WriteNames(ClassNames, names);
        }
    }

    private EvaluationSubject Subject(string name, Network network, ChosenEngine engine)
    {
        // A cropped network and the whole one that it came of bear the names of their classes; those of the files are of all classes.
        Network adjusted = (IsCropped && !network.ClassNames.IsEmpty ? _adjustment with { NamesPath = null } : _adjustment).Apply(network, _modelPath, _terminal.Warn);
        ClassNames = adjusted.ClassNames;
        if (_data is not null && !_isNamesSuggested && NamesBeside.Suggest(adjusted, _modelPath) is { } names)
        {
            _terminal.Note(names);
            _isNamesSuggested = true;
        }

        return new EvaluationSubject(name, adjusted, engine.Engine);
    }

    /// <summary>Accuracy or detection where there are heads and labels, else how far outputs are apart; time in any case.</summary>
    private IEnumerable<ContributionOptions> SuitedTo(Network network)
    {
        IReadOnlyList<ContributionOptions> all = _contributions.Evaluators.Found;
        if (_contributions.Evaluators.IsNamed(_result))
        {
            return all;
        }

        string suited = LabelEvaluators.SuitedTo(network, _data?.Dataset, _plugins.FindHead);
        return all.Where(evaluator => evaluator.Contribution.Name == suited || evaluator.Contribution.Name is not (Detection or LabelEvaluators.Classification or Fidelity));
    }

    private (double Original, double Small) Time(Network original, Network small, bool isLast, CancellationToken cancellationToken)
    {
        ContributionOptions latency = _contributions.Set.Demand(
            _contributions.Set.Candidate(ContributionKind.Evaluator, Latency), ContributionKind.Evaluator, Latency, "install a plugin that contributes it");
        var values = latency.Effective(_result).ToDictionary(StringComparer.Ordinal);
        if (isLast)
        {
            int runs = int.Parse(values.GetValueOrDefault(Runs, StandardRuns), CultureInfo.InvariantCulture);
            values[Runs] = (CloserLook * runs).ToString(CultureInfo.InvariantCulture);
        }

        // On a busy machine the steadiest of a few counts.
        EvaluationReport report = MeasureWith(_contributions.Evaluators.Create(latency, values), original, small, cancellationToken);
        for (int attempt = 1; attempt < Attempts && NoisyTimes.AreNoisy(report); attempt++)
        {
            EvaluationReport next = MeasureWith(_contributions.Evaluators.Create(latency, values), original, small, cancellationToken);
            report = NoisyTimes.ShareOf(next) < NoisyTimes.ShareOf(report) ? next : report;
        }

        return (report.Sections[0].Results[0].Metrics[0].Value, report.Sections[0].Results[1].Metrics[0].Value);
    }

    /// <summary>The first metric of the first evaluator, which compares with the original where it needs no labels.</summary>
    private Metric Accuracy(Network network, CancellationToken cancellationToken)
    {
        // The first network that is asked about is the whole one.
        _original ??= network;
        ContributionOptions first = SuitedTo(_original).First();
        return MeasureWith(_contributions.Evaluators.Create(first, first.ValuesIn(_result)), _original, network, cancellationToken).Sections[0].Results[^1].Metrics[0];
    }

    private EvaluationReport MeasureWith(NamedEvaluator named, Network original, Network network, CancellationToken cancellationToken)
    {
        ChosenEngine engine = EngineFor(original);
        EvaluationSubject after = Subject("after", network, engine);
        return _session.Measure(
            [named],
            named.Evaluator.Needs.HasFlag(EvaluationNeeds.Labels) ? [after] : [Subject("before", original, engine), after],
            cancellationToken);
    }

    /// <summary>One engine for all measurements: the first that is there and runs the network.</summary>
    private ChosenEngine EngineFor(Network network) => _engine ??= _options.Engine.MeasuringIn(_result).Run(
        chosen =>
        {
            chosen.Engine.Compile(network).Dispose();
            return chosen;
        },
        _terminal.Note);
}
