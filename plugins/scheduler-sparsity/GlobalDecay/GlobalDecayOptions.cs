using PluginPrune.Contracts.Options;

namespace PluginPrune.SchedulerSparsity.GlobalDecay;

/// <summary>Options of <see cref="GlobalDecayScheduler"/>.</summary>
public sealed class GlobalDecayOptions
{
    /// <summary>The share of the training after which the pull falls.</summary>
    /// <value>The default is 0.5, as in the scripts.</value>
    [Option("Share of the training after which the pull falls", Minimum = 0, Maximum = 1)]
    public double DecayAt { get; init; } = 0.5;

    /// <summary>What is left of the pull then.</summary>
    /// <value>The default is 0.01, as in the scripts.</value>
    [Option("What is left of the pull then, as a share", Minimum = 0, Maximum = 1)]
    public double DecayTo { get; init; } = 0.01;
}
