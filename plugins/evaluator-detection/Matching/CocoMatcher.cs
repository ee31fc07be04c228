namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>
/// COCO's matching (Lin et al. 2014, and the evaluation code of its API): a detection takes the object that it overlaps most
/// among those that are free, one that counts before any that does not; crowds are never used up. Objects outside of a range of
/// areas do not count in it, nor do detections outside of it that find nothing.
/// </summary>
/// <param name="thresholds">The least overlaps.</param>
internal sealed class CocoMatcher(double[] thresholds) : Matcher(thresholds, AreaRange.Coco)
{
    // An overlap of 1 is out of reach of rounding.
    private const double Highest = 1 - 1e-10;

    private double[] _overlaps = [];
    private double[] _best = [];
    private int[] _order = [];

    public override void Match(MatchRequest request)
    {
        Measure(request);
        for (int area = 0; area < Areas.Length; area++)
        {
            int counting = Order(request.Truths, Areas[area]);
            for (int t = 0; t < Thresholds.Length; t++)
            {
                Match(request, counting, Math.Min(Thresholds[t], Highest), 1UL << ((area * Thresholds.Length) + t));
            }
        }

        for (int d = 0; d < request.Detections.Length; d++)
        {
            request.Ignored[d] |= IgnoredUnmatched(request.Detections[d]) & ~request.Matched[d];
        }
    }

    private void Match(MatchRequest request, int counting, double threshold, ulong bit)
    {
        Span<bool> taken = FreshFlags(request.Truths.Length);
        for (int d = 0; d < request.Detections.Length; d++)
        {
            if (!(_best[d] >= threshold))
            {
                continue;
            }

            int match = -1;
            double least = threshold;
            for (int i = 0; i < request.Truths.Length && !(i == counting && match >= 0); i++)
            {
                int g = _order[i];
                double overlap = _overlaps[(d * request.Truths.Length) + g];
                if (overlap >= least && (!taken[g] || request.Truths[g].IsCrowd))
                {
                    // Of equal overlaps the last counts, as in COCO's own code.
                    (match, least) = (i, overlap);
                }
            }

            if (match >= 0)
            {
                taken[_order[match]] = true;
                request.Matched[d] |= bit;
                request.Ignored[d] |= match >= counting ? bit : 0;
            }
        }
    }

    /// <summary>Puts the objects that count first; both parts keep their order.</summary>
    /// <returns>How many count.</returns>
    private int Order(ReadOnlySpan<Truth> truths, AreaRange area)
    {
        _order = _order.Length >= truths.Length ? _order : new int[2 * truths.Length];
        int counting = 0;
        foreach (Truth truth in truths)
        {
            counting += Counts(truth, area) ? 1 : 0;
        }

        (int first, int second) = (0, counting);
        for (int g = 0; g < truths.Length; g++)
        {
            _order[Counts(truths[g], area) ? first++ : second++] = g;
        }

        return counting;
    }

    private static bool Counts(Truth truth, AreaRange area) => !truth.IsIgnored && area.Contains(truth.Area);

    private void Measure(MatchRequest request)
    {
        int count = request.Detections.Length * request.Truths.Length;
        _overlaps = _overlaps.Length >= count ? _overlaps : new double[2 * count];
        _best = _best.Length >= request.Detections.Length ? _best : new double[2 * request.Detections.Length];
        int at = 0;
        for (int d = 0; d < request.Detections.Length; d++)
        {
            double most = 0;
            foreach (Truth truth in request.Truths)
            {
                double overlap = truth.Overlap(request.Detections[d]);
                _overlaps[at++] = overlap;
                most = Math.Max(most, overlap);
            }

            _best[d] = most;
        }
    }
}
