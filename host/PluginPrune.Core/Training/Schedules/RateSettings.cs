namespace PluginPrune.Core.Training;

/// <summary>The learning rate over a training.</summary>
public sealed record RateSettings
{
    /// <summary>The rate that the warm-up ends at, above 0.</summary>
    /// <value>The default is 0.01.</value>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How it falls.</summary>
    /// <value>The default is <see cref="RateKind.Cosine"/>.</value>
    public RateKind Kind { get; init; } = RateKind.Cosine;

    /// <summary>What is left of the rate at the end, as a share of the first, above 0 to 1; for cosine and linear.</summary>
    /// <value>The default is 0.05.</value>
    public double FinalShare { get; init; } = 0.05;

    /// <summary>For how many epochs the rate rises, 0 for none; fractions count.</summary>
    /// <value>The default is 3.</value>
    public double WarmUpEpochs { get; init; } = 3;

    /// <summary>For how many batches the rate rises at least, 0 or more: YOLOv5's 100. Beyond a third of the training too, where epochs alone do not go.</summary>
    /// <value>The default is 0.</value>
    public int WarmUpBatches { get; init; }

    /// <summary>The rate of biases when the warm-up begins; it falls to the common one while that rises.</summary>
    /// <value>The default is 0.1.</value>
    public double WarmUpBiasRate { get; init; } = 0.1;

    /// <summary>The momentum after the warm-up, 0 to below 1.</summary>
    /// <value>The default is 0.937.</value>
    public double Momentum { get; init; } = 0.937;

    /// <summary>The momentum when the warm-up begins.</summary>
    /// <value>The default is 0.8.</value>
    public double WarmUpMomentum { get; init; } = 0.8;
}
