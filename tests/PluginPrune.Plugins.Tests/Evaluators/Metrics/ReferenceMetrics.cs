using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.EvaluatorDetection;

namespace PluginPrune.Plugins.Tests.Evaluators.Metrics;

/// <summary>
/// The metrics straight from their definitions, one class, overlap and range of areas after the other, every curve as two
/// arrays with one entry a detection. Slow, and written apart from what it checks.
/// </summary>
internal static class ReferenceMetrics
{
    public static readonly (double Least, double Most)[] Areas = [(0, 1e10), (0, 1024), (1024, 9216), (9216, 1e10)];

    /// <summary>Overlaps as numpy's linspace(0.5, 0.95, 10) rounds them.</summary>
    public static readonly double[] Overlaps = [.. Enumerable.Range(0, 10).Select(static i => (i * ((0.95 - 0.5) / 9)) + 0.5)];

    /// <summary>A detection that counts: its score, whether it found an object, and how many of its class and picture are better.</summary>
    public sealed record Outcome(double Score, bool IsTrue, int Rank);

    /// <summary>What becomes of the detections of a class, best first, and how many objects count.</summary>
    public delegate (List<Outcome> Outcomes, int Truths) Matching(LabelledDetections[] pictures, int classIndex, double overlap, (double Least, double Most) area);

    public static (List<Outcome> Outcomes, int Truths) Coco(LabelledDetections[] pictures, int classIndex, double overlap, (double Least, double Most) area)
    {
        var outcomes = new List<Outcome>();
        int truths = 0;
        foreach (LabelledDetections picture in pictures)
        {
            Detection[] detections = [.. Best(picture, classIndex).Take(100)];
            bool Ignored(ObjectLabel label) => label.IsCrowd || label.IsDifficult || (label.Area ?? label.Box.Area) < area.Least || (label.Area ?? label.Box.Area) > area.Most;
            ObjectLabel[] labels = [.. picture.Labels.Where(label => label.ClassIndex == classIndex)];
            var free = labels.ToList();
            truths += labels.Count(label => !Ignored(label));
            for (int d = 0; d < detections.Length; d++)
            {
                // The best of those that count, and only where there is none the best of those that do not; of equals the last.
                var fitting = free.Where(label => OverlapOf(detections[d].Box, label) >= Math.Min(overlap, 1 - 1e-10)).ToList();
                ObjectLabel? match = Last(fitting.Where(label => !Ignored(label)), detections[d].Box) ?? Last(fitting.Where(Ignored), detections[d].Box);
                if (match is { IsCrowd: false })
                {
                    free.RemoveAt(free.FindIndex(label => ReferenceEquals(label, match)));
                }

                double size = detections[d].Box.Width * detections[d].Box.Height;
                if (match is null ? size >= area.Least && size <= area.Most : !Ignored(match))
                {
                    outcomes.Add(new Outcome(detections[d].Score, match is not null, d));
                }
            }
        }

        return ([.. outcomes.OrderByDescending(static outcome => outcome.Score)], truths);
    }

    public static (List<Outcome> Outcomes, int Truths) Voc(LabelledDetections[] pictures, int classIndex, double overlap, (double Least, double Most) area) =>
        ByBestObject(pictures, classIndex, best => best >= overlap, isIgnoredThere: true);

    public static (List<Outcome> Outcomes, int Truths) Scripts(LabelledDetections[] pictures, int classIndex, double overlap, (double Least, double Most) area) =>
        ByBestObject(pictures, classIndex, best => best > overlap, isIgnoredThere: false);

    /// <summary>YOLOv5's: all pairs above the overlap, best first; each detection keeps its first, then each object its best detection.</summary>
    public static (List<Outcome> Outcomes, int Truths) Yolov5(LabelledDetections[] pictures, int classIndex, double overlap, (double Least, double Most) area)
    {
        var outcomes = new List<Outcome>();
        int truths = 0;
        foreach (LabelledDetections picture in pictures)
        {
            Detection[] detections = [.. Best(picture, classIndex)];
            ObjectLabel[] labels = [.. picture.Labels.Where(label => label.ClassIndex == classIndex && !label.IsCrowd && !label.IsDifficult)];
            truths += labels.Length;
            var found = labels.SelectMany((label, l) => detections.Select((detection, d) => (Label: l, Detection: d, Overlap: detection.Box.Iou(label.Box))))
                .Where(pair => pair.Overlap >= overlap)
                .OrderByDescending(static pair => pair.Overlap)
                .DistinctBy(static pair => pair.Detection)
                .OrderBy(static pair => pair.Detection)
                .DistinctBy(static pair => pair.Label)
                .Select(static pair => pair.Detection)
                .ToHashSet();
            outcomes.AddRange(detections.Select((detection, d) => new Outcome(detection.Score, found.Contains(d), d)));
        }

        return ([.. outcomes.OrderByDescending(static outcome => outcome.Score)], truths);
    }

    /// <summary>YOLOv5's of release 5.0: one object after the other is taken by the first detection that overlaps it best and by more than a half; then overlaps are compared.</summary>
    public static (List<Outcome> Outcomes, int Truths) Yolov5At50(LabelledDetections[] pictures, int classIndex, double overlap, (double Least, double Most) area)
    {
        var outcomes = new List<Outcome>();
        int truths = 0;
        foreach (LabelledDetections picture in pictures)
        {
            Detection[] detections = [.. Best(picture, classIndex)];
            ObjectLabel[] labels = [.. picture.Labels.Where(label => label.ClassIndex == classIndex && !label.IsCrowd && !label.IsDifficult)];
            truths += labels.Length;
            var found = new HashSet<int>();
            for (int d = 0; d < detections.Length; d++)
            {
                double[] overlaps = [.. labels.Select(label => detections[d].Box.Iou(label.Box))];
                double best = overlaps.DefaultIfEmpty(0).Max();
                bool isMatch = best > 0.5 && found.Add(Array.IndexOf(overlaps, best));
                outcomes.Add(new Outcome(detections[d].Score, isMatch && best > overlap, d));
            }
        }

        return ([.. outcomes.OrderByDescending(static outcome => outcome.Score)], truths);
    }

    /// <summary>YOLOv5's of release 6.0: pairs of an overlap of a half or more, best first; then overlaps are compared.</summary>
    public static (List<Outcome> Outcomes, int Truths) Yolov5At60(LabelledDetections[] pictures, int classIndex, double overlap, (double Least, double Most) area)
    {
        (List<Outcome> outcomes, int truths) = ([], 0);
        foreach (LabelledDetections picture in pictures)
        {
            Detection[] detections = [.. Best(picture, classIndex)];
            ObjectLabel[] labels = [.. picture.Labels.Where(label => label.ClassIndex == classIndex && !label.IsCrowd && !label.IsDifficult)];
            truths += labels.Length;
            var found = labels.SelectMany((label, l) => detections.Select((detection, d) => (Label: l, Detection: d, Overlap: detection.Box.Iou(label.Box))))
                .Where(static pair => pair.Overlap >= 0.5)
                .OrderByDescending(static pair => pair.Overlap)
                .DistinctBy(static pair => pair.Detection)
                .OrderBy(static pair => pair.Detection)
                .DistinctBy(static pair => pair.Label)
                .ToDictionary(static pair => pair.Detection, static pair => pair.Overlap);
            outcomes.AddRange(detections.Select((detection, d) => new Outcome(detection.Score, found.GetValueOrDefault(d, -1) >= overlap, d)));
        }

        return ([.. outcomes.OrderByDescending(static outcome => outcome.Score)], truths);
    }

    private static (List<Outcome> Outcomes, int Truths) ByBestObject(
        LabelledDetections[] pictures, int classIndex, Func<double, bool> isEnough, bool isIgnoredThere)
    {
        // All pictures at once, best detection first, as the devkit goes.
        var all = pictures.SelectMany((picture, p) => Best(picture, classIndex).Select((detection, d) => (Picture: p, Detection: detection, Rank: d)))
            .OrderByDescending(static entry => entry.Detection.Score);
        var used = new HashSet<(int Picture, int Label)>();
        var outcomes = new List<Outcome>();
        foreach ((int p, Detection detection, int rank) in all)
        {
            ObjectLabel[] labels = [.. pictures[p].Labels.Where(label => label.ClassIndex == classIndex && (isIgnoredThere || (!label.IsCrowd && !label.IsDifficult)))];
            double best = labels.Length == 0 ? -1 : labels.Max(label => detection.Box.Iou(label.Box));
            int index = Array.FindIndex(labels, label => detection.Box.Iou(label.Box) == best);
            bool isHit = index >= 0 && isEnough(best);
            if (isHit && (labels[index].IsCrowd || labels[index].IsDifficult))
            {
                continue;
            }

            outcomes.Add(new Outcome(detection.Score, isHit && used.Add((p, index)), rank));
        }

        return (outcomes, pictures.Sum(picture => picture.Labels.Count(label => label.ClassIndex == classIndex && !label.IsCrowd && !label.IsDifficult)));
    }

    private static IEnumerable<Detection> Best(LabelledDetections picture, int classIndex) =>
        picture.Detections.Where(detection => detection.ClassIndex == classIndex).OrderByDescending(static detection => detection.Score);

    private static double OverlapOf(Box detection, ObjectLabel label) =>
        label.IsCrowd ? detection.Intersect(label.Box) / (detection.Width * detection.Height) : detection.Iou(label.Box);

    private static ObjectLabel? Last(IEnumerable<ObjectLabel> labels, Box detection)
    {
        ObjectLabel? best = null;
        foreach (ObjectLabel label in labels)
        {
            best = best is null || OverlapOf(detection, label) >= OverlapOf(detection, best) ? label : best;
        }

        return best;
    }
}
