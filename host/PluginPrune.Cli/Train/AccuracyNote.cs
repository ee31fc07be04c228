using System.Globalization;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>What is to be kept in mind where a network can be pruned that does not yet do what it is for.</summary>
internal static class AccuracyNote
{
    private const double Little = 0.05;

    // What decides which epoch is the best.
    private static readonly string[] Deciding = ["mAP@0.5", "top-1"];

    /// <summary>The end of a sentence on pruning; empty where there is something to lose, or nothing was measured.</summary>
    /// <param name="result">The epoch.</param>
    public static string Of(EpochResult result) =>
        Deciding.FirstOrDefault(name => result[name] < Little) is { } metric
            ? string.Create(CultureInfo.InvariantCulture, $", but at {metric} {result[metric]:0.000} there is no accuracy yet to be kept: train it further first")
            : string.Empty;
}
