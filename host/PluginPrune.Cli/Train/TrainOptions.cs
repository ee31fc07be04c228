using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>The host's own options of `host train`; those of heads, schedulers, datasets and engines come from manifests.</summary>
internal sealed class TrainOptions
{
    public const string StandardScheduler = "constant";

    /// <summary>What the known Python scripts pull with where they are told to train sparse and nothing else.</summary>
    public const double ScriptsStrength = 0.001;

    public const int StandardEpochs = 100;

    public TrainOptions()
    {
        PathOptions.RefuseEmpty(Out);
        OptionKinds.Check(Augment, text => TrainPictures.AugmentationIn(text, Augment.Name));
        PathOptions.RefuseEmpty(Hyp);
    }

    public ModelArguments Network { get; } = new();

    public AdjustmentArguments Adjustment { get; } = new();

    public Option<bool> FromScratch { get; } = new("--from-scratch") { Description = "Begin with random weights, made from --seed, in place of those of the model" };

    public Option<bool> DataClasses { get; } = new("--data-classes")
    {
        Description = "Heads learn the classes of the data in place of their own; they keep what they know of boxes, and of classes of the same name",
    };

    public Option<string> ValidationSplit { get; } = new("--val-split")
    {
        Description = "Which part measures it after each epoch [default: val, or the training pictures where there is none]",
        HelpName = "NAME",
    };

    public Option<int> Epochs { get; } = OptionKinds.Integer("--epochs", "How often every picture is seen", StandardEpochs, 1);

    public Option<int> Batch { get; } = OptionKinds.Integer("--batch-size", "How many pictures are computed at once", 16, 1, "--batch");

    public Option<int> NominalBatch { get; } = OptionKinds.Integer("--nominal-batch", "After how many pictures the weights move; gradients are added up until then", 64, 1);

    public Option<double> LearningRate { get; } = OptionKinds.Positive("--lr", "Learning rate at the end of the warm-up", new RateSettings().LearningRate);

    public Option<double> FinalShare { get; } = OptionKinds.Share("--lr-final", "What is left of it at the end, as a share (cosine, linear)", new RateSettings().FinalShare);

    public Option<string> Schedule { get; } = OptionKinds.Choice("--schedule", "How the learning rate falls; step: by tenths after 70 and 90 % of the epochs", "cosine", "linear", "step", "constant");

    public Option<double> WarmUp { get; } = OptionKinds.Number("--warm-up", "For how many epochs the learning rate rises", new RateSettings().WarmUpEpochs, 0);

    public Option<double> WarmUpMomentum { get; } = OptionKinds.ShareBelowOne("--warm-up-momentum", "Momentum when the warm-up begins, below 1", new RateSettings().WarmUpMomentum);

    public Option<double> WarmUpBias { get; } = OptionKinds.Number("--warm-up-bias", "Learning rate of biases when the warm-up begins", new RateSettings().WarmUpBiasRate, 0);

    public Option<int> WarmUpBatches { get; } = OptionKinds.Integer("--warm-up-batches", "The warm-up lasts at least so many batches, beyond a third of the training too", 0, 0);

    public Option<bool> GrowingSteps { get; } = new("--growing-steps")
    {
        Description = "In the warm-up steps grow from one batch to --nominal-batch, as YOLOv5's do; with --hyp too, where false turns it off. Not where --sparsity pulls, which is reckoned by even steps",
    };

    public Option<double> Momentum { get; } = OptionKinds.ShareBelowOne("--momentum", "Momentum of the optimizer, below 1", new RateSettings().Momentum);

    public Option<double> WeightDecay { get; } = OptionKinds.Number("--weight-decay", "Decay of the weights of convolutions", 5e-4, 0);

    public Option<string> Optimizer { get; } = OptionKinds.Choice("--optimizer", "How gradients move weights: Nesterov's momentum, or Adam with decoupled decay", "sgd", "adamw");

    public Option<double> Clip { get; } = OptionKinds.Number("--clip", "Largest norm of all gradients together, 0 for no limit", 10, 0);

    public Option<double> Ema { get; } = OptionKinds.ShareBelowOne("--ema", "How slowly the moving average follows that is measured and written, 0 for none", 0.9999);

    public Option<bool> MultiScale { get; } = new("--multi-scale") { Description = "Train at sizes from two thirds to one and a half of the network's" };

    public Option<int> Freeze { get; } = OptionKinds.Integer("--freeze", "How many layers, from the first, keep their weights", 0, 0);

    public Option<int> Patience { get; } = OptionKinds.Integer("--patience", "Stop after so many epochs without a better mAP, 0 for never", 0, 0);

    public Option<int> EvaluateEvery { get; } = OptionKinds.Integer("--evaluate-every", "Measure after every so many epochs, and the last one", 1, 1);

    public Option<int> NormPictures { get; } = OptionKinds.Integer(
        "--bn-pictures",
        "Take the statistics of batch norms anew from so many training pictures before the network is measured and written, 0 for the running ones, which lag where an epoch has few steps",
        0,
        0);

    public Option<int> KeepEvery { get; } = OptionKinds.Integer("--keep-every", "Keep the network and a checkpoint of every so many epochs under its number, 0 for none", 0, 0);

    public Option<string?> Hyp { get; } = new("--hyp")
    {
        Description = "Train by a file of YOLOv5's hyperparameters; what is given besides counts, --augment for all of the augmentation. Unasked the rate falls on a straight line then, after a warm-up of 100 batches or more in which steps grow",
        HelpName = "FILE",
    };

    public Option<string?> Augment { get; } = new("--augment")
    {
        Description = "How pictures are varied: a preset, and what is changed of it [default: yolov5; where pictures show one thing each, cifar up to 64 pixels, yolov5,mosaic=0 above]",
        HelpName = $"{string.Join('|', AugmentationPresets.Names)}[,NAME=X]",
    };

    public Option<double> Sparsity { get; } = OptionKinds.Number("--sparsity", "How strongly scales of batch norms are pulled towards 0; 0 trains without", 0, 0, "--s");

    public Option<bool> Sparse { get; } = new("--sr") { Description = string.Create(CultureInfo.InvariantCulture, $"Train sparse, with a strength of {ScriptsStrength} where --sparsity names no other") };

    public Option<string> Scheduler { get; } = new("--scheduler")
    {
        Description = $"Decides how the pull changes while it is trained [default: {StandardScheduler}]",
        HelpName = "NAME",
        DefaultValueFactory = static _ => StandardScheduler,
    };

    public Option<double> Ratio { get; } = OptionKinds.Share("--ratio", "Share of channels that is to go afterwards, for schedulers that aim at it", 0.8);

    public Option<string> Scope { get; } = OptionKinds.Choice("--scope", "Layers that are pulled: all that can be pruned, or those of the published Python scripts", "full", "scripts");

    public Option<string?> Keep { get; } = KeepOption.Make("Layers whose scales nothing pulls, nor those of what is tied to them, since prune is to keep them");

    public TeacherArguments Teacher { get; } = new();

    public EngineArguments Engine { get; } = new("Trains the network", "torch");

    public Option<int> Seed { get; } = OptionKinds.Integer("--seed", "Seed of everything random", 0, int.MinValue);

    public Option<int> Preview { get; } = OptionKinds.Integer("--preview", "Write so many varied pictures with their boxes, and train nothing", 0, 0);

    public Option<string?> Out { get; } = new("--out", "-o") { Description = "Folder that receives networks, checkpoint, results.csv and logs [default: a new one under runs/]", HelpName = "DIR" };

    public Option<string?> Resume { get; } = new("--resume")
    {
        Description = "Go on with the training in --out from its last complete epoch, or from another checkpoint: best, one that --keep-every kept, or a file",
        HelpName = "best|epoch-N|FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace the training in --out" };

    public IEnumerable<Option> All =>
    [
        Network.Model, Network.Weights, FromScratch, DataClasses, Adjustment.Names, Adjustment.Size, ValidationSplit, Epochs, Batch, NominalBatch, LearningRate, FinalShare, Schedule, WarmUp, WarmUpMomentum, WarmUpBias, WarmUpBatches, GrowingSteps, Momentum, WeightDecay,
        Optimizer, Clip, Ema, MultiScale, Freeze, Patience, EvaluateEvery, NormPictures, KeepEvery, Hyp, Augment, Sparsity, Sparse, Scheduler, Ratio, Scope, Keep, .. Teacher.All, .. Engine.All, Seed, Preview, Out, Resume, Force,
    ];

    /// <summary>How strongly scales are pulled, 0 for not at all.</summary>
    public double StrengthIn(ParseResult result) => result.GetValue(Sparsity) is > 0 and var strength ? strength : result.GetValue(Sparse) ? ScriptsStrength : 0;

    /// <summary>Whether a training is to go on.</summary>
    public bool IsResumed(ParseResult result) => result.GetResult(Resume) is { Implicit: false };

    /// <summary>Refuses options that say how something is done that is not done.</summary>
    public void Check(CommandResult result)
    {
        if (Given(Scheduler) && !Given(Sparsity) && !Given(Sparse))
        {
            result.AddError($"{Scheduler.Name} says how scales are pulled, and nothing pulls them. Add {Sparsity.Name} 0.001, for instance.");
        }

        if (Given(GrowingSteps) && result.GetValue(GrowingSteps) && (result.GetValue(Sparsity) > 0 || result.GetValue(Sparse)))
        {
            result.AddError($"{GrowingSteps.Name} cannot be had with {Sparsity.Name}: how far scales are pulled is reckoned by steps that are alike. Leave one of them.");
        }

        if (!Given(Teacher.Teacher) && ((Option[])[Teacher.Engine, Teacher.Distil, Teacher.Features]).FirstOrDefault(Given) is { } orphan)
        {
            result.AddError($"{orphan.Name} says how a teacher is learned from, and there is none. Name one with {Teacher.Teacher.Name} FILE.");
        }

        bool Given(Option option) => result.GetResult(option) is { Implicit: false };
    }

    /// <summary>The loop's settings but for sparsity.</summary>
    public TrainerSettings SettingsIn(ParseResult result, TrainValues values) => new()
    {
        Epochs = result.GetValue(Epochs),
        BatchSize = result.GetValue(Batch),
        NominalBatch = Math.Max(result.GetValue(NominalBatch), result.GetValue(Batch)),
        GrowsSteps = values.Get(GrowingSteps),
        Rates = new RateSettings
        {
            LearningRate = values.Get(LearningRate),
            FinalShare = values.Get(FinalShare),
            Kind = values.Get(Schedule) switch { "linear" => RateKind.Linear, "step" => RateKind.Step, "constant" => RateKind.Constant, _ => RateKind.Cosine },
            WarmUpEpochs = values.Get(WarmUp),
            WarmUpBatches = values.Get(WarmUpBatches),
            WarmUpMomentum = values.Get(WarmUpMomentum),
            WarmUpBiasRate = values.Get(WarmUpBias),
            Momentum = values.Get(Momentum),
        },
        Optimizer = result.GetValue(Optimizer) == "adamw" ? OptimizerKind.AdamW : OptimizerKind.Sgd,
        WeightDecay = values.Get(WeightDecay),
        ClipNorm = result.GetValue(Clip),
        AverageDecay = result.GetValue(Ema),
        IsMultiScale = result.GetValue(MultiScale),
        Patience = result.GetValue(Patience),
        Seed = result.GetValue(Seed),
    };
}
