using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Detecting;

/// <summary>Suppression box by box: each that stays suppresses others, until every one is decided. Looks only at boxes nearby.</summary>
/// <param name="settings">How.</param>
internal sealed class GroupedSuppression(DetectionSettings settings)
{
    // Below it looking at all boxes is quicker than sorting them into cells.
    private const int GridWorthwhile = 64;

    private readonly CenterGrid _grid = new();
    private readonly List<int> _kept = [];
    private Box[] _boxes = [];
    private Detection[] _found = [];
    private bool[] _decided = [];
    private int[] _order = [];
    private int[] _groupEnds = [];

    /// <summary>Finds what stays, best first.</summary>
    public ImmutableArray<Detection> Suppress(BoxSelection selection)
    {
        int count = Take(selection);
        SuppressGroups(count, settings.Suppression == Suppression.Greedy ? 1 : selection.Classes);
        _kept.Sort();

        int wanted = settings.MaximumDetections > 0 ? Math.Min(settings.MaximumDetections, _kept.Count) : _kept.Count;
        var detections = ImmutableArray.CreateBuilder<Detection>(wanted);
        for (int i = 0; i < wanted; i++)
        {
            int index = _kept[i];
            detections.Add(_found[index] with { Box = _boxes[index] });
        }

        return detections.MoveToImmutable();
    }

    private int Take(BoxSelection selection)
    {
        _kept.Clear();
        if (_boxes.Length < selection.Count)
        {
            int size = Math.Max(selection.Count, 2 * _boxes.Length);
            _boxes = new Box[size];
            _found = new Detection[size];
            _decided = new bool[size];
            _order = new int[size];
        }

        int count = 0;
        for (int i = 0; i < selection.Count; i++)
        {
            if (selection.TryTake(i, out Detection taken))
            {
                (_boxes[count], _found[count]) = (taken.Box, taken);
                count++;
            }
        }

        return count;
    }

    /// <summary>Puts boxes that may suppress each other side by side, each group best first.</summary>
    private void SuppressGroups(int count, int groups)
    {
        Array.Clear(_decided, 0, count);
        _groupEnds = _groupEnds.Length == groups ? _groupEnds : new int[groups];
        Array.Clear(_groupEnds);
        for (int i = 0; i < count; i++)
        {
            _groupEnds[groups == 1 ? 0 : _found[i].ClassIndex]++;
        }

        int next = 0;
        for (int group = 0; group < groups; group++)
        {
            (_groupEnds[group], next) = (next, next + _groupEnds[group]);
        }

        for (int i = 0; i < count; i++)
        {
            _order[_groupEnds[groups == 1 ? 0 : _found[i].ClassIndex]++] = i;
        }

        int start = 0;
        foreach (int end in _groupEnds)
        {
            SuppressGroup(_order.AsSpan(start, end - start));
            start = end;
        }
    }

    private void SuppressGroup(ReadOnlySpan<int> group)
    {
        bool usesGrid = group.Length >= GridWorthwhile;
        if (usesGrid)
        {
            _grid.Fill(_boxes, group);
        }

        // Groups keep their best, and so does the picture: a group need not find more than the picture may have.
        int most = settings.MaximumDetections > 0 ? settings.MaximumDetections : int.MaxValue;
        int found = 0;
        for (int i = 0; i < group.Length && found < most; i++)
        {
            int index = group[i];
            if (_decided[index])
            {
                continue;
            }

            found++;
            _kept.Add(index);
            _decided[index] = true;
            var merged = new MergedBox(_boxes[index], _found[index].Score);
            if (usesGrid)
            {
                (int firstRow, int lastRow, int firstColumn, int lastColumn) = _grid.Range(_boxes[index], settings.Iou);
                for (int row = firstRow; row <= lastRow; row++)
                {
                    SuppressBy(index, _grid.Members(row, firstColumn, lastColumn), ref merged);
                }
            }
            else
            {
                SuppressBy(index, group[(i + 1)..], ref merged);
            }

            if (settings.Suppression == Suppression.Merge)
            {
                _boxes[index] = merged.Mean;
            }
        }
    }

    /// <summary>Whatever is undecided comes later in the order and is worse.</summary>
    private void SuppressBy(int best, ReadOnlySpan<int> others, ref MergedBox merged)
    {
        Box box = _boxes[best];
        foreach (int other in others)
        {
            if (!_decided[other] && box.Iou(_boxes[other]) > settings.Iou)
            {
                _decided[other] = true;
                merged.Add(_boxes[other], _found[other].Score);
            }
        }
    }
}
