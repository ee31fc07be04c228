using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Training;

namespace PluginPrune.SchedulerSparsity.Target;

/// <summary>Options of <see cref="TargetScheduler"/>.</summary>
public sealed class TargetOptions
{
    /// <summary>The share of the training by which as many scales shall be small as are to be pruned.</summary>
    /// <value>The default is 0.7: the rest of the training gets back what that took.</value>
    [Option("Share of the training by which enough scales shall be small", Minimum = 0, Maximum = 1)]
    public double ReachAt { get; init; } = 0.7;

    /// <summary>What small is.</summary>
    /// <value>The default is 0.01.</value>
    [Option("Which magnitude of a scale is small", Minimum = 1e-6, Maximum = 1)]
    public double SmallScale { get; init; } = 0.01;

    /// <summary>The share of the training after which scales that are to stay are spared.</summary>
    /// <value>The default is 0.35: until then all are pulled alike, so that those fall that matter least.</value>
    [Option("Share of the training after which scales that are to stay are spared", Minimum = 0, Maximum = 1)]
    public double SpareAt { get; init; } = 0.35;

    /// <summary>What is left of the pull on those that are spared.</summary>
    /// <value>The default is 0.01.</value>
    [Option("What is left of the pull on those that are spared, as a share", Minimum = 0, Maximum = 1)]
    public double SpareTo { get; init; } = 0.01;

    /// <summary>The least pull, as a multiple of the strength that was asked for; it holds small scales where they are.</summary>
    /// <value>The default is 0.1.</value>
    [Option("Least pull, in multiples of the strength asked for", Minimum = 0)]
    public double LeastPull { get; init; } = 0.1;

    /// <summary>The largest pull, as a multiple of the strength that was asked for.</summary>
    /// <value>The default is 10.</value>
    [Option("Largest pull, in multiples of the strength asked for", Minimum = 0)]
    public double MostPull { get; init; } = 10;

    /// <summary>How scales are pulled.</summary>
    /// <value>The default is <see cref="PenaltyMode.Proximal"/>.</value>
    [Option("How scales are pulled: to exact zeros, or as the scripts do")]
    public PenaltyMode Penalty { get; init; } = PenaltyMode.Proximal;

    /// <summary>After how many steps the pull is adjusted.</summary>
    /// <value>The default is 10.</value>
    [Option("After how many steps the pull is adjusted", Minimum = 1)]
    public int AdjustEvery { get; init; } = 10;
}
