using System.Collections.Immutable;

namespace PluginPrune.Contracts.Training;

/// <summary>What stays the same during a training.</summary>
public sealed record TrainingSettings
{
    /// <summary>How gradients move parameters.</summary>
    /// <value>The default is <see cref="OptimizerKind.Sgd"/>.</value>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>How much of a batch's statistics goes into the running ones, above 0 to 1.</summary>
    /// <value>The default is 0.03.</value>
    public double BatchNormMomentum { get; init; } = 0.03;

    /// <summary>Nodes whose tensors stay as they are; batch norms among them use their running statistics.</summary>
    /// <value>The default is none.</value>
    public ImmutableHashSet<string> Frozen { get; init; } = [];

    /// <summary>
    /// Whether batch norms compute with their running statistics, as in inference, and leave these as they are; their scales and shifts
    /// have gradients all the same. Gradients are then those of the network as it is run afterwards, each picture by itself.
    /// </summary>
    /// <value>The default is false: a batch's statistics, which the running ones follow.</value>
    public bool UsesRunningStatistics { get; init; }

    /// <summary>
    /// Whether layers may compute in half precision where the device gains by it. Parameters stay in single precision. An engine whose own
    /// options ask for half precision does so without being asked here.
    /// </summary>
    public bool IsMixedPrecision { get; init; }

    /// <summary>On how many threads the session computes at most, 0 for as many as the engine's options say.</summary>
    /// <value>The default is 0. Fewer are for sessions that work at the same time, see <see cref="ITrainingEngine.ParallelSessions"/>.</value>
    public int Threads { get; init; }

    /// <summary>The seed of everything random in the network itself, such as dropout.</summary>
    public int Seed { get; init; }
}
