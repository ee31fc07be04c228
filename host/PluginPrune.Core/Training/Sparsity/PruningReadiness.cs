using System.Globalization;

namespace PluginPrune.Core.Training;

/// <summary>Whether a network that is trained sparse can be pruned as far as was asked for.</summary>
/// <param name="Rate">The largest rate that takes next to nothing, in tenths of a percent, 0 to 1.</param>
/// <param name="Asked">The rate that was asked for, 0 to 1.</param>
/// <param name="Energy">The share of the scores' energy (the sum of their squares) that really goes at the asked rate.</param>
public sealed record PruningReadiness(double Rate, double Asked, double Energy)
{
    /// <summary>Whether the asked rate takes next to nothing.</summary>
    public bool IsReady => Energy <= ReadinessJudge.MostEnergy;

    /// <summary>One sentence, for lines of a log.</summary>
    public string Verdict => IsReady
        ? Write($"ready to prune at {Rate:P1}")
        : Write($"not ready for {Asked:P1}, which takes {Energy:P1} of the scores' energy; {Rate:P1} can go");

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
