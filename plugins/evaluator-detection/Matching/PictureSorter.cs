using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>Sorts a picture's detections and objects by class, detections best first. One for each thread.</summary>
/// <param name="classes">How many classes there are.</param>
internal sealed class PictureSorter(int classes)
{
    private readonly int[] _detectionEnds = new int[classes];
    private readonly int[] _truthEnds = new int[classes];
    private int[] _order = [];
    private double[] _keys = [];

    /// <summary>The detections' places in the picture, class by class.</summary>
    public int[] Places { get; private set; } = [];

    /// <summary>The detections' boxes in the same order.</summary>
    public Box[] Boxes { get; private set; } = [];

    /// <summary>The objects, class by class.</summary>
    public Truth[] Truths { get; private set; } = [];

    /// <summary>Where a class's detections begin and end.</summary>
    public Range DetectionsOf(int classIndex) => (classIndex == 0 ? 0 : _detectionEnds[classIndex - 1]).._detectionEnds[classIndex];

    /// <summary>Where a class's objects begin and end.</summary>
    public Range TruthsOf(int classIndex) => (classIndex == 0 ? 0 : _truthEnds[classIndex - 1]).._truthEnds[classIndex];

    /// <summary>Takes a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="keepsIgnored">Whether objects that do not count are kept, so that detections can fall to them.</param>
    public void Sort(LabelledDetections picture, bool keepsIgnored)
    {
        SortDetections(picture.Detections.AsSpan());
        SortTruths(picture.Labels, keepsIgnored);
    }

    private void SortDetections(ReadOnlySpan<Detection> detections)
    {
        if (_order.Length < detections.Length)
        {
            _order = new int[2 * detections.Length];
            _keys = new double[_order.Length];
            Places = new int[_order.Length];
            Boxes = new Box[_order.Length];
        }

        Array.Clear(_detectionEnds);
        bool isSorted = true;
        for (int i = 0; i < detections.Length; i++)
        {
            _order[i] = i;
            _keys[i] = -detections[i].Score;
            isSorted &= i == 0 || _keys[i] >= _keys[i - 1];
            _detectionEnds[detections[i].ClassIndex]++;
        }

        if (!isSorted)
        {
            StableSort.ByKeys(_keys.AsSpan(0, detections.Length), _order.AsSpan(0, detections.Length));
        }

        ToStarts(_detectionEnds);
        for (int i = 0; i < detections.Length; i++)
        {
            ref readonly Detection detection = ref detections[_order[i]];
            int at = _detectionEnds[detection.ClassIndex]++;
            Places[at] = _order[i];
            Boxes[at] = detection.Box;
        }
    }

    private void SortTruths(ImmutableArray<ObjectLabel> labels, bool keepsIgnored)
    {
        Truths = Truths.Length >= labels.Length ? Truths : new Truth[2 * labels.Length];
        Array.Clear(_truthEnds);
        foreach (ObjectLabel label in labels)
        {
            _truthEnds[label.ClassIndex] += keepsIgnored || !(label.IsCrowd || label.IsDifficult) ? 1 : 0;
        }

        ToStarts(_truthEnds);
        foreach (ObjectLabel label in labels)
        {
            if (keepsIgnored || !(label.IsCrowd || label.IsDifficult))
            {
                Truths[_truthEnds[label.ClassIndex]++] = Truth.Of(label);
            }
        }
    }

    // Filling then moves each start to its class's end.
    private static void ToStarts(int[] counts)
    {
        int next = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            (counts[i], next) = (next, next + counts[i]);
        }
    }
}
