using PluginPrune.Contracts.Options;

namespace PluginPrune.SchedulerSparsity.LocalDecay;

/// <summary>Options of <see cref="LocalDecayScheduler"/>.</summary>
public sealed class LocalDecayOptions
{
    /// <summary>The share of the training after which large scales are spared.</summary>
    /// <value>The default is 0.5, as in the scripts.</value>
    [Option("Share of the training after which large scales are spared", Minimum = 0, Maximum = 1)]
    public double SpareAt { get; init; } = 0.5;

    /// <summary>The share of all scales that are pulled on; the largest others are spared. It should be what can be pruned.</summary>
    /// <value>The default is 0.85, as in the scripts.</value>
    [Option("Share of all scales that are pulled on, smallest first", Minimum = 0, Maximum = 1)]
    public double PulledShare { get; init; } = 0.85;

    /// <summary>What is left of the pull on those that are spared.</summary>
    /// <value>The default is 0.01, as in the scripts.</value>
    [Option("What is left of the pull on those that are spared, as a share", Minimum = 0, Maximum = 1)]
    public double SpareTo { get; init; } = 0.01;

    /// <summary>After how many steps it is decided anew which scales are spared.</summary>
    /// <value>The default is 10; the scripts have 1, which reads all scales back from the device at every step.</value>
    [Option("After how many steps it is decided anew which are spared (scripts: 1)", Minimum = 1)]
    public int DecideEvery { get; init; } = 10;
}
