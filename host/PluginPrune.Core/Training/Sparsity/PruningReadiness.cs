using System.Globalization;

namespace PluginPrune.Core.Training;

/// <summary>Whether a network that is trained sparse can be pruned as far as was asked for.</summary>
/// <param name="Rate">The largest rate that takes next to nothing, in tenths of a percent, 0 to 1.</param>
/// <param name="Asked">The rate that was asked for, 0 to 1.</param>
/// <param name="Energy">What really goes at the asked rate of the layer that loses most: a share of the energy of its scores (the sum of their squares).</param>
/// <param name="Layer">That layer, or the first of those tied to it.</param>
public sealed record PruningReadiness(double Rate, double Asked, double Energy, string Layer)
{
    /// <summary>Whether the asked rate takes next to nothing.</summary>
    public bool IsReady => Energy <= ReadinessJudge.MostEnergy;

    /// <summary>Whether hardly a channel is left that does anything: then a high rate is no good news.</summary>
    public bool IsCollapsed => Rate > 0.98;

    /// <summary>In a few words, for lines of a log.</summary>
    public string Brief => IsCollapsed ? "collapsed" : Rate > 0 ? Write($"ready to prune at {Rate:P1}") : "not ready to prune";

    /// <summary>One sentence.</summary>
    public string Verdict => IsCollapsed ? "collapsed: hardly a channel is left that does anything; train again with a smaller strength"
        : IsReady
        ? Write($"ready to prune at {Rate:P1}")
        : Write($"not ready to prune at {Asked:P1}, which takes {Energy:P0} of what the scales of layer {Layer} hold; ready at {Rate:P1}");

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
