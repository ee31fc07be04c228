using System.Collections.Immutable;
using PluginPrune.Core.Inspection;

namespace PluginPrune.Cli.Inspect;

/// <summary>A histogram in one line of text.</summary>
internal static class TextHistogram
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>What the columns stand for.</summary>
    public const string Legend = "gammas: |gamma| in half decades, first column below 1e-4, last from 3.2 on";

    /// <summary>One sign for each bin; a dot where nothing is.</summary>
    public static string Of(GammaProfile gammas)
    {
        ImmutableArray<int> bins = gammas.Histogram;
        int most = bins.Max();
        return string.Concat(bins.Select(count => count == 0 ? '·' : Heights[(count * Heights.Length - 1) / most]));
    }
}
