namespace PluginPrune.Contracts.Training;

/// <summary>Which tensors of a network in training.</summary>
public enum TrainedWeights
{
    /// <summary>Those that the optimizer moves.</summary>
    Current,

    /// <summary>Their exponential moving average, running statistics included, see <see cref="StepSettings.AverageDecay"/>.</summary>
    Averaged,
}
