using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Images;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>`host train`: trains a network, sparse where that is asked for.</summary>
internal sealed class TrainCommand : Command, IDescribedCommand, IContributionCommand, ICheckedCommand
{
    public const string CommandName = "train";

    public const string Summary = "Trains a network on labelled pictures: from nothing, further, or sparse before it is pruned";

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly TrainOptions _options = new();
    private readonly DataArguments _data;
    private readonly EvaluatorArguments _evaluators = new(LabelEvaluators.Detection) { Others = [LabelEvaluators.Classification] };
    private readonly TrainSparsity _sparsity;

    public TrainCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        _data = new DataArguments(plugins, DatasetSource.Training);
        foreach (Option option in (Option[])[.. _options.All, .. _data.All, _contributions.Set])
        {
            Add(option);
        }

        _sparsity = new TrainSparsity(
            _options, plugins, _contributions, _contributions.NamedOrStandard(ContributionKind.Scheduler, ArgumentScan.ValueOf(args, _options.Scheduler.Name), TrainOptions.StandardScheduler));
        _data.FindFormat(args, _contributions);
        _options.Engine.FindEngine(args, _contributions);
        _options.Network.FindFormat(args, _contributions);
        _options.Teacher.FindFormat(args, _contributions);
        _evaluators.FindCandidates(_contributions);
        _contributions.KnowHeads();
        Validators.Add(_options.Check);
        SetAction(result => Run(result, cancellationToken));
    }

    public ContributionSet Contributions => _contributions;

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists =>
    [
        ("Schedulers", _contributions.Known(ContributionKind.Scheduler)),
        ("Losses, by --set", _plugins.Contributions(ContributionKind.Head).SelectMany(static head => head.Options.Select(option => ($"{head.Name}.{option.Name}", option.Description)))),
        ("Datasets", _contributions.Known(ContributionKind.Dataset)),
    ];

    public string Example => "host train --model yolov3-tiny.cfg --from-scratch --data coco.yaml --epochs 100";

    /// <summary>Looks whether the engine trains as it is asked to, and whether anything is left to train.</summary>
    public void Check(ParseResult result)
    {
        if (_options.Engine.IsSaid(result))
        {
            EngineIn(result);
        }

        Hyperparameters.In(result, _options, _plugins);

        if (result.GetValue(_options.Freeze) > 0 && File.Exists(SampleModel.PathOf(result.GetValue(_options.Network.Model)!)))
        {
            ModelSource source = _options.Network.SourceIn(result, static _ => { }) with { IsUntrained = true };
            new TrainNetwork(_options, _terminal).FrozenIn(result, _options.Network.CreateFormat(result, source).Read(source, CancellationToken.None));
        }
    }

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        _contributions.Apply(result);
        var hyperparameters = Hyperparameters.In(result, _options, _plugins);
        hyperparameters?.ApplyTo(_contributions);
        var values = new TrainValues(result, hyperparameters);
        TrainerSettings settings = _options.SettingsIn(result, values);
        var reader = new TrainNetwork(_options, _terminal);
        ModelSource source = reader.SourceIn(result);
        IModelFormat format = _options.Network.CreateFormat(result, source);
        string stem = Path.GetFileNameWithoutExtension(source.ModelPath);
        TrainData data = TrainData.Load(result, _options, _data, _plugins, _terminal, cancellationToken);
        IHead FindHead(string kind) => _contributions.FindHead(result, kind);
        Network network = reader.Read(result, format, source, data.Training.Dataset, FindHead, cancellationToken);
        string augmentation = result.GetValue(_options.Augment) ?? hyperparameters?.Augmentation ?? TrainPictures.StandardFor(network, LabelEvaluators.For(network, FindHead) == LabelEvaluators.Classification);
        if (result.GetValue(_options.Preview) is > 0 and var count)
        {
            return Preview(result, TrainPictures.LoaderOf(result, _options, network, data, TrainingHeads.Of(network, FindHead).Classes, augmentation), network, stem, count, cancellationToken);
        }

        IReadOnlyList<NamedEvaluator> evaluators = _evaluators.Create(result, name => name == LabelEvaluators.For(network, FindHead));
        var heads = TrainingHeads.Of(network, FindHead);
        hyperparameters?.Warn(network, FindHead, _terminal);
        new AnchorNote(_terminal).Write(network, source.ModelPath, data.Training, cancellationToken);
        ITrainingEngine engine = EngineIn(result);
        using Teacher? teacher = _options.Teacher.Read(result, network, engine, _options.Engine, _terminal, cancellationToken);
        IBatchLoss loss = _options.Teacher.LossOf(result, network, teacher, FindHead, _terminal);
        ImmutableHashSet<string> frozen = reader.FrozenIn(result, network);
        settings = settings with { Sparsity = _sparsity.SettingsIn(result, network, frozen, _terminal) };
        TrainingLoader pictures = TrainPictures.LoaderOf(result, _options, network, data, heads.Classes, augmentation);
        WarnOfEvenSteps(result, settings);
        PopulationStatistics? statistics = StatisticsIn(result, network, engine, pictures, frozen);
        CheckSizes(settings, pictures, teacher is null ? [network] : [network, teacher.Network]);
        ImmutableSortedDictionary<string, string> named = TrainRecord.Of(this, result, values, network, teacher, data, _contributions).SetItem("augment", augmentation);
        using var made = new MadeFolders(result.GetValue(_options.Out) ?? TrainFolders.NewFolder(stem, "train"));
        using OutputFolder folder = new TrainFolders(_options).In(result, stem);
        Checkpoint? checkpoint = _options.IsResumed(result)
            ? new ResumedTraining(folder.FullPath, _options.Resume.Name).Read(
                result.GetValue(_options.Resume), named, TrainRecord.Standards(this, _contributions, named), name => TrainRecord.IsLeftOut(this, result, name), _terminal)
            : null;
        var advice = new PruneAdvice(Path.Combine(TrainFolders.Relative(folder.FullPath), TrainingFiles.NetworkName(TrainingFolder.Last, source.ModelPath)), _sparsity.ScopeIn(result), result.GetValue(_options.Keep));
        var writer = new TrainJson(folder.FullPath, advice);
        if (checkpoint is { } done && Trainer.IsComplete(settings, done))
        {
            _terminal.Note(done.Epoch < settings.Epochs
                ? $"The training in {folder.FullPath} is complete: it ended after epoch {done.Epoch}, as nothing had been better since epoch {done.BestEpoch + 1} ({_options.Patience.Name} {settings.Patience})."
                : $"The training in {folder.FullPath} is complete: it has had its {settings.Epochs} {(settings.Epochs == 1 ? "epoch" : "epochs")}.");
            return Report(result, done, folder, writer, advice);
        }

        var run = new TrainRun
        {
            Terminal = _terminal,
            Settings = settings,
            Network = network,
            Engine = engine,
            FindHead = FindHead,
            Loss = loss,
            Pictures = pictures,
            Validation = data.Validation,
            Evaluators = evaluators,
            Format = format,
            Folder = folder,
            Frozen = frozen,
            Watch = settings.Sparsity is { } sparsity ? _sparsity.WatchOf(sparsity, result) : null,
            IsUntrained = source.IsUntrained,
            WriteReport = (stream, last) => writer.Write(last, stream),
            Scales = PrunedScales.Of(network, _sparsity.ScopeIn(result), _sparsity.KeptIn(result, network)),
            Statistics = statistics,
            EvaluatesEvery = result.GetValue(_options.EvaluateEvery),
            KeepsEvery = result.GetValue(_options.KeepEvery),
        };
        return Report(result, run.Execute(checkpoint, named, cancellationToken), folder, writer, advice);
    }

    // Before the first step: not after hours.
    private void CheckSizes(TrainerSettings settings, TrainingLoader pictures, Network[] networks)
    {
        if (!settings.IsMultiScale)
        {
            return;
        }

        Shape input = networks[0].Inputs[0].Shape;
        var schedule = new ScaleSchedule(settings, new PictureSize(input.Width, input.Height), ScaleSchedule.StrideOf(networks[0]));
        long steps = (long)Trainer.StepsPerEpoch(pictures.SampleCount, settings) * settings.Epochs;
        IReadOnlyList<PictureSize> sizes = schedule.SizesIn(steps);
        if (networks.Select(network => ScaleSchedule.FindMisfit(network, sizes)).FirstOrDefault(static found => found is not null) is { } misfit)
        {
            throw new UsageException($"{_options.MultiScale.Name} would show pictures of {string.Join(", ", sizes)}; {misfit} Leave {_options.MultiScale.Name}.");
        }

        if (sizes is [var only])
        {
            _terminal.Warn($"{_options.MultiScale.Name} varies nothing: all pictures of {steps} steps are of {only}.");
        }
    }

    // Of auto, those that do not train are passed over as those are that are not installed.
    private ITrainingEngine EngineIn(ParseResult result) => result.GetValue(_options.Engine.Engine) == EngineArguments.Auto
        ? _options.Engine.ChoiceIn(result).Run(static chosen => EngineArguments.TrainingOf(chosen.Engine) ?? throw new NotSupportedException($"The engine {chosen.Name} does not train."), _terminal.Note)
        : EngineArguments.TrainingOf(_options.Engine.Create(result, "install the plugin engine-torch, or name an engine that trains with --engine", _terminal.Note))
            ?? throw new UsageException($"The engine {result.GetValue(_options.Engine.Engine)} does not train; torch does.");

    /// <exception cref="UsageException">There is nothing to take statistics of.</exception>
    private PopulationStatistics? StatisticsIn(ParseResult result, Network network, ITrainingEngine engine, TrainingLoader pictures, ImmutableHashSet<string> frozen)
    {
        int looked = result.GetValue(_options.NormPictures);
        return looked == 0 ? null
            : network.Nodes.Any(node => node.Operation is BatchNorm && !frozen.Contains(node.Id)) ? new PopulationStatistics(engine, pictures, looked, frozen)
            : throw new UsageException($"{_options.NormPictures.Name} takes the statistics of batch norms anew, and '{network.Name}' has no batch norm{(frozen.IsEmpty ? string.Empty : " that is not frozen")}. Leave it.");
    }

    private void WarnOfEvenSteps(ParseResult result, TrainerSettings settings)
    {
        if (!settings.GrowsSteps || result.GetResult(_options.GrowingSteps) is not { Implicit: false })
        {
            return;
        }

        string? reason = settings.Rates is { WarmUpEpochs: 0, WarmUpBatches: 0 } ? "there is no warm-up"
            : Trainer.BatchesOfAStep(settings) == 1 ? string.Create(CultureInfo.InvariantCulture, $"a step is one batch ({_options.Batch.Name} {settings.BatchSize}, {_options.NominalBatch.Name} {settings.NominalBatch})")
            : null;
        if (reason is not null)
        {
            _terminal.Warn($"{_options.GrowingSteps.Name} lets nothing grow: {reason}.");
        }
    }

    private int Preview(ParseResult result, TrainingLoader loader, Network network, string stem, int count, CancellationToken cancellationToken)
    {
        using var made = new MadeFolders(result.GetValue(_options.Out) ?? TrainFolders.NewFolder(stem, "preview"));
        using OutputFolder folder = result.GetValue(_options.Out) is { } path
            ? new OutputFolder(path, stem, result.GetValue(_options.Force))
            : OutputFolder.MakeNumbered(TrainFolders.NewFolder(stem, "preview"), stem);
        TrainPictures.Preview(loader, network.ClassNames, count, folder, cancellationToken);
        _terminal.Results.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Min(count, loader.SampleCount)} pictures as they are learned from, with {(LabelEvaluators.For(network, kind => _contributions.FindHead(result, kind)) == LabelEvaluators.Classification ? "what they show" : "their boxes")}, written to {folder.FullPath}"));
        return ExitCodes.Done;
    }

    private int Report(ParseResult result, Checkpoint last, OutputFolder folder, TrainJson writer, PruneAdvice advice)
    {
        if (result.GetValue(_common.Json))
        {
            writer.Write(last, _terminal.ResultStream);
            return ExitCodes.Done;
        }

        new TrainTables(_terminal.Results, advice).Write(last, folder.FullPath);
        return ExitCodes.Done;
    }
}
