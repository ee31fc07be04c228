namespace PluginPrune.Contracts.Training;

/// <summary>The numbers of one optimizer step.</summary>
public sealed record StepSettings
{
    /// <summary>The learning rate of weights and of batch norms' scales and shifts, 0 or more.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The learning rate of biases of convolutions and linear layers; null for the same. Warm-ups start it higher.</summary>
    public double? BiasLearningRate { get; init; }

    /// <summary>The momentum of <see cref="OptimizerKind.Sgd"/>, the decay of the first moment of <see cref="OptimizerKind.AdamW"/>; 0 to below 1.</summary>
    /// <value>The default is 0.937.</value>
    public double Momentum { get; init; } = 0.937;

    /// <summary>The decay of the second moment of <see cref="OptimizerKind.AdamW"/>; 0 to below 1.</summary>
    /// <value>The default is 0.999.</value>
    public double SecondMomentum { get; init; } = 0.999;

    /// <summary>
    /// The decay of weights of convolutions and linear layers, never of biases nor of batch norms, 0 or more: added to the gradient
    /// by <see cref="OptimizerKind.Sgd"/>, decoupled from it by <see cref="OptimizerKind.AdamW"/>.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>The largest Euclidean norm of all gradients together; above it they are scaled down. 0 for no limit.</summary>
    public double ClipNorm { get; init; }

    /// <summary>
    /// How much of the moving average stays at this step, 0 to below 1: average = decay average + (1 - decay) tensor. It starts as what
    /// the tensors were before the first step that keeps one. Null where none is kept.
    /// </summary>
    public double? AverageDecay { get; init; }
}
