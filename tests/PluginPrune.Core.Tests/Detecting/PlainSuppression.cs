using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Tests.Detecting;

/// <summary>Suppression written down as it is defined: take the best box that is left, remove what it suppresses, begin again.</summary>
internal static class PlainSuppression
{
    public static List<Detection> Suppress(Candidates candidates, DetectionSettings settings)
    {
        var scored = new List<(Box Box, int Class, float Score)>();
        for (int i = 0; i < candidates.Count; i++)
        {
            Box box = candidates.BoxAt(i);
            float[] scores = [.. candidates.ClassScoresAt(i).ToArray().Select(score => score * candidates.ObjectnessAt(i))];
            int best = Array.IndexOf(scores, scores.Max());
            if (!(box.Width > settings.MinimumSide) || !(box.Height > settings.MinimumSide))
            {
                continue;
            }

            scored.AddRange(Enumerable.Range(0, scores.Length)
                .Where(c => scores[c] > (float)settings.Confidence && (settings.IsMultiLabel || c == best))
                .Select(c => (box, c, scores[c])));
        }

        // OrderBy keeps the order of equals.
        List<(Box Box, int Class, float Score)> left = [.. scored.OrderByDescending(static entry => entry.Score)];
        if (settings.MaximumPerClass > 0)
        {
            left = [.. left.GroupBy(static entry => entry.Class).SelectMany(group => group.Take(settings.MaximumPerClass)).OrderBy(left.IndexOf)];
        }

        var kept = new List<Detection>();
        while (left.Count > 0)
        {
            (Box box, int classIndex, float score) = left[0];
            bool Falls((Box Box, int Class, float Score) entry) =>
                settings.Suppression != Suppression.None && (entry.Class == classIndex || settings.Suppression == Suppression.Greedy) && entry.Box.Iou(box) > settings.Iou;
            (Box Box, int Class, float Score)[] fallen = [left[0], .. left.Skip(1).Where(Falls)];
            double weight = fallen.Sum(static entry => (double)entry.Score);
            Box mean = new(
                fallen.Sum(static entry => entry.Score * entry.Box.Left) / weight,
                fallen.Sum(static entry => entry.Score * entry.Box.Top) / weight,
                fallen.Sum(static entry => entry.Score * entry.Box.Right) / weight,
                fallen.Sum(static entry => entry.Score * entry.Box.Bottom) / weight);
            kept.Add(new Detection(settings.Suppression == Suppression.Merge ? mean : box, classIndex, score));
            left = [.. left.Skip(1).Where(entry => !Falls(entry))];
        }

        return [.. kept.Take(settings.MaximumDetections > 0 ? settings.MaximumDetections : int.MaxValue)];
    }
}
