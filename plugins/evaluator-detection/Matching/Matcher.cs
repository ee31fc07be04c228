using PluginPrune.Contracts.Detections;

namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>Decides which detections find which objects. One for each thread: it has memory of its own.</summary>
/// <param name="thresholds">The least overlaps, ascending.</param>
/// <param name="areas">The ranges of areas that are looked at one by one, the widest first.</param>
internal abstract class Matcher(double[] thresholds, AreaRange[] areas)
{
    private bool[] _taken = [];

    protected double[] Thresholds { get; } = thresholds;

    protected AreaRange[] Areas { get; } = areas;

    /// <summary>Matches one class of one picture.</summary>
    public abstract void Match(MatchRequest request);

    /// <summary>The bits where a detection that finds nothing does not count: ranges that its area is not in.</summary>
    public ulong IgnoredUnmatched(Box detection)
    {
        ulong bits = 0;
        ulong all = (1UL << Thresholds.Length) - 1;
        for (int area = 0; area < Areas.Length; area++)
        {
            if (!Areas[area].Contains(detection.Area))
            {
                bits |= all << (area * Thresholds.Length);
            }
        }

        return bits;
    }

    /// <summary>Flags, all down, for as many objects.</summary>
    protected Span<bool> FreshFlags(int count)
    {
        _taken = _taken.Length >= count ? _taken : new bool[2 * count];
        Span<bool> taken = _taken.AsSpan(0, count);
        taken.Clear();
        return taken;
    }
}
