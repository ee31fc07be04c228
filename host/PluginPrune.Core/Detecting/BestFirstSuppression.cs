using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Detecting;

/// <summary>
/// Suppression that takes boxes by falling scores and asks of each whether one that stays suppresses it. What stays is the same
/// as ever, and it ends as soon as a picture has as many as it may have: those that come later are never looked at.
/// </summary>
/// <param name="settings">How.</param>
internal sealed class BestFirstSuppression(DetectionSettings settings)
{
    private const int None = -1;

    private readonly List<Detection> _kept = [];

    // Those that stay and may suppress the same boxes are chained, the best one first.
    private readonly List<int> _next = [];
    private int[] _first = [];
    private int[] _last = [];

    /// <summary>Finds what stays, best first.</summary>
    public ImmutableArray<Detection> Suppress(BoxSelection selection)
    {
        int groups = settings.Suppression == Suppression.PerClass ? selection.Classes : 1;
        if (_first.Length != groups)
        {
            (_first, _last) = (new int[groups], new int[groups]);
        }

        Array.Fill(_first, None);
        _kept.Clear();
        _next.Clear();
        int most = settings.MaximumDetections > 0 ? settings.MaximumDetections : int.MaxValue;
        for (int i = 0; i < selection.Count && _kept.Count < most; i++)
        {
            if (selection.TryTake(i, out Detection detection))
            {
                int group = groups == 1 ? 0 : detection.ClassIndex;
                if (settings.Suppression == Suppression.None || !IsSuppressed(detection.Box, group))
                {
                    Keep(detection, group);
                }
            }
        }

        return [.. _kept];
    }

    private bool IsSuppressed(Box box, int group)
    {
        for (int i = _first[group]; i != None; i = _next[i])
        {
            if (_kept[i].Box.Iou(box) > settings.Iou)
            {
                return true;
            }
        }

        return false;
    }

    private void Keep(Detection detection, int group)
    {
        int index = _kept.Count;
        if (_first[group] == None)
        {
            _first[group] = index;
        }
        else
        {
            _next[_last[group]] = index;
        }

        _last[group] = index;
        _kept.Add(detection);
        _next.Add(None);
    }
}
