using PluginPrune.Contracts.Options;

namespace PluginPrune.EvaluatorLatency;

/// <summary>Options of <see cref="LatencyEvaluator"/>.</summary>
internal sealed class LatencyOptions
{
    /// <summary>How often each network runs before it is measured.</summary>
    /// <value>The default is 3.</value>
    [Option("How often each network runs before it is measured", Minimum = 0)]
    public int WarmUp { get; init; } = 3;

    /// <summary>How often each network is measured.</summary>
    /// <value>The default is null: 21 times, and more often where they are quick.</value>
    [Option("How often each network is measured, in turns (21, and small networks up to half a second)", Minimum = 1)]
    public int? Runs { get; init; }

    /// <summary>How many pictures run at once.</summary>
    /// <value>The default is 1.</value>
    [Option("How many pictures run at once; times are told for one of them", Minimum = 1)]
    public int Batch { get; init; } = 1;

    /// <summary>Whether the time of each layer is told.</summary>
    [Option("Tell the time of each layer")]
    public bool PerLayer { get; init; }
}
