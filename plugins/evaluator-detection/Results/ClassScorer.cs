using PluginPrune.EvaluatorDetection.Integrals;
using PluginPrune.EvaluatorDetection.Matching;
using PluginPrune.EvaluatorDetection.Operation;
using PluginPrune.EvaluatorDetection.Variants;

namespace PluginPrune.EvaluatorDetection.Results;

/// <summary>Makes figures of what became of a class's detections.</summary>
/// <param name="rules">How.</param>
internal sealed class ClassScorer(VariantRules rules)
{
    private const int Few = 10;

    public ClassScores Score(MatchedClass matched)
    {
        int thresholds = rules.Thresholds.Length;
        var precision = new double[rules.Areas.Length, thresholds];
        var recall = new double[rules.Areas.Length, thresholds];
        double[] one = new double[thresholds];
        double[] ten = new double[thresholds];
        double[] curve = [];
        int[] falseBefore = new int[matched.Truths.Max()];
        for (int area = 0; area < rules.Areas.Length; area++)
        {
            int truths = matched.Truths[area];
            for (int t = 0; t < thresholds; t++)
            {
                if (truths == 0)
                {
                    precision[area, t] = recall[area, t] = double.NaN;
                    continue;
                }

                PrecisionSteps steps = Steps(matched, area, t, falseBefore, out int first, out int few);
                precision[area, t] = rules.AveragePrecision.Of(steps);
                recall[area, t] = steps.Recall(steps.Count);
                if (area == 0)
                {
                    (one[t], ten[t]) = (steps.Recall(first), steps.Recall(few));
                    curve = t == rules.IouIndex ? SampledCurve.Sample(steps, SampledCurve.CocoRecalls) : curve;
                }
            }
        }

        return new ClassScores
        {
            Truths = matched.Truths[0],
            Detections = matched.Scores.Length,
            AveragePrecision = precision,
            Recall = recall,
            RecallOfFew = (one, ten),
            PrecisionAtRecalls = curve,
            Counts = Count(matched),
        };
    }

    private PrecisionSteps Steps(MatchedClass matched, int area, int threshold, int[] falseBefore, out int first, out int few)
    {
        ulong bit = 1UL << ((area * rules.Thresholds.Length) + threshold);
        int found = 0;
        int wrong = 0;
        (first, few) = (0, 0);
        for (int i = 0; i < matched.Matched.Length; i++)
        {
            if ((matched.Ignored[i] & bit) != 0)
            {
                continue;
            }

            if ((matched.Matched[i] & bit) == 0)
            {
                wrong++;
                continue;
            }

            falseBefore[found++] = wrong;
            first += matched.Ranks[i] < 1 ? 1 : 0;
            few += matched.Ranks[i] < Few ? 1 : 0;
        }

        return new PrecisionSteps(falseBefore.AsSpan(0, found), wrong, matched.Truths[area]);
    }

    private ClassCounts Count(MatchedClass matched)
    {
        ulong bit = 1UL << rules.IouIndex;
        int count = matched.Ignored.Count(ignored => (ignored & bit) == 0);
        double[] scores = new double[count];
        int[] found = new int[count];
        int at = 0;
        for (int i = 0; i < matched.Scores.Length; i++)
        {
            if ((matched.Ignored[i] & bit) == 0)
            {
                scores[at] = matched.Scores[i];
                found[at] = (at == 0 ? 0 : found[at - 1]) + ((matched.Matched[i] & bit) != 0 ? 1 : 0);
                at++;
            }
        }

        return new ClassCounts(scores, found, matched.Truths[0]);
    }
}
