namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>
/// A detection stands for the object that it overlaps most and for no other: it finds it, unless a better detection did. So do
/// the VOC devkit (VOCevaldet), the published YOLOv3 pruning scripts, and YOLOv5; from 6.2 on each threshold is matched on its own
/// there, before it was the first alone: the detection that found an object then did so at other thresholds or nobody.
/// </summary>
/// <param name="thresholds">The least overlaps.</param>
/// <param name="isStrict">Whether the overlap must be above a threshold, not at it.</param>
/// <param name="together">How many thresholds, from the first, share who is matched at the first.</param>
internal sealed class BestTruthMatcher(double[] thresholds, bool isStrict, int together = 1) : Matcher(thresholds, AreaRange.All)
{
    private (int Truth, double Overlap)[] _best = [];

    public override void Match(MatchRequest request)
    {
        FindBest(request);
        for (int t = 0; t < Thresholds.Length; t++)
        {
            Span<bool> taken = FreshFlags(request.Truths.Length);
            double decides = Thresholds[t < together ? 0 : t];
            for (int d = 0; d < request.Detections.Length; d++)
            {
                (int truth, double overlap) = _best[d];
                if (!Reaches(overlap, decides))
                {
                    continue;
                }

                if (request.Truths[truth].IsIgnored)
                {
                    request.Ignored[d] |= 1UL << t;
                }
                else if (!taken[truth])
                {
                    taken[truth] = true;
                    request.Matched[d] |= Reaches(overlap, Thresholds[t]) ? 1UL << t : 0;
                }
            }
        }
    }

    private bool Reaches(double overlap, double threshold) => isStrict ? overlap > threshold : overlap >= threshold;

    private void FindBest(MatchRequest request)
    {
        if (_best.Length < request.Detections.Length)
        {
            _best = new (int, double)[2 * request.Detections.Length];
        }

        for (int d = 0; d < request.Detections.Length; d++)
        {
            int best = 0;
            double most = -1;
            for (int g = 0; g < request.Truths.Length; g++)
            {
                double overlap = request.Detections[d].Iou(request.Truths[g].Box);
                if (overlap > most)
                {
                    (best, most) = (g, overlap);
                }
            }

            _best[d] = (best, most);
        }
    }
}
