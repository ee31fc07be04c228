using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainerSettings
{
    /// <summary>How often every picture is seen, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>How many pictures are computed at once, at least 1.</summary>
    /// <value>The default is 16.</value>
    public int BatchSize { get; init; } = 16;

    /// <summary>After how many pictures the parameters move: gradients of batches are added up until then. At least 1.</summary>
    /// <value>The default is 64.</value>
    public int NominalBatch { get; init; } = 64;

    /// <summary>
    /// Whether steps begin with one batch and grow to <see cref="NominalBatch"/> over the warm-up, a picture counting as much as in a whole
    /// step: as YOLOv5 trains. Those of a training with <see cref="Sparsity"/> are even all the same: its pull is reckoned by them.
    /// </summary>
    public bool GrowsSteps { get; init; }

    /// <summary>The learning rate.</summary>
    public RateSettings Rates { get; init; } = new();

    /// <summary>How gradients move parameters.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>The decay of weights, 0 or more.</summary>
    /// <value>The default is 5e-4.</value>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>The largest norm of all gradients together, 0 for no limit.</summary>
    /// <value>The default is 10.</value>
    public double ClipNorm { get; init; } = 10;

    /// <summary>
    /// How slowly the moving average of the parameters follows, 0 for none: decay (1 - exp(-step / 2000)) of it stays at each step, as YOLOv5 does.
    /// </summary>
    /// <value>The default is 0.9999.</value>
    public double AverageDecay { get; init; } = 0.9999;

    /// <summary>Whether pictures change their size every ten steps, between two thirds and one and a half of the network's, in steps of its largest stride.</summary>
    public bool IsMultiScale { get; init; }

    /// <summary>After how many epochs without a better metric the training ends, 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; }

    /// <summary>What pulls scales towards 0; null to train without.</summary>
    public SparsitySettings? Sparsity { get; init; }
}
