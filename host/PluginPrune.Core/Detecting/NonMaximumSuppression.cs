using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Detecting;

/// <summary>Makes detections of candidates: one box for each object. It never gives up halfway, however many there are.</summary>
/// <param name="settings">How.</param>
/// <remarks>Not safe for several threads at once; its memory is reused from picture to picture.</remarks>
public sealed class NonMaximumSuppression(DetectionSettings settings)
{
    // Below it looking at all boxes is quicker than sorting them into cells.
    private const int GridWorthwhile = 64;

    private readonly BoxSelection _selection = new(settings);
    private readonly CenterGrid _grid = new();
    private readonly List<int> _kept = [];
    private bool[] _decided = [];
    private int[] _order = [];
    private int[] _groupEnds = [];

    /// <summary>Finds what stays.</summary>
    /// <param name="candidates">The boxes of one picture.</param>
    /// <returns>Best first, of equal scores the one that was decoded first; boxes in pixels of the network's input.</returns>
    public ImmutableArray<Detection> Suppress(Candidates candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        _selection.Select(candidates);
        _kept.Clear();
        if (settings.Suppression == Suppression.None)
        {
            _kept.AddRange(Enumerable.Range(0, _selection.Count));
        }
        else
        {
            SuppressGroups(settings.Suppression == Suppression.Greedy ? 1 : candidates.Classes);
            _kept.Sort();
        }

        int count = settings.MaximumDetections > 0 ? Math.Min(settings.MaximumDetections, _kept.Count) : _kept.Count;
        var detections = ImmutableArray.CreateBuilder<Detection>(count);
        for (int i = 0; i < count; i++)
        {
            int index = _kept[i];
            detections.Add(new Detection(_selection.Boxes[index], _selection.Classes[index], _selection.Scores[index]));
        }

        return detections.MoveToImmutable();
    }

    /// <summary>Puts boxes that may suppress each other side by side, each group best first.</summary>
    private void SuppressGroups(int groups)
    {
        int count = _selection.Count;
        if (_order.Length < count)
        {
            _order = new int[Math.Max(count, 2 * _order.Length)];
            _decided = new bool[_order.Length];
        }

        Array.Clear(_decided, 0, count);
        _groupEnds = _groupEnds.Length == groups ? _groupEnds : new int[groups];
        Array.Clear(_groupEnds);
        for (int i = 0; i < count; i++)
        {
            _groupEnds[groups == 1 ? 0 : _selection.Classes[i]]++;
        }

        int next = 0;
        for (int group = 0; group < groups; group++)
        {
            (_groupEnds[group], next) = (next, next + _groupEnds[group]);
        }

        for (int i = 0; i < count; i++)
        {
            _order[_groupEnds[groups == 1 ? 0 : _selection.Classes[i]]++] = i;
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
            _grid.Fill(_selection.Boxes, group);
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
            var merged = new MergedBox(_selection.Boxes[index], _selection.Scores[index]);
            if (usesGrid)
            {
                (int firstRow, int lastRow, int firstColumn, int lastColumn) = _grid.Range(_selection.Boxes[index], settings.Iou);
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
                _selection.Boxes[index] = merged.Mean;
            }
        }
    }

    /// <summary>Whatever is undecided comes later in the order and is worse.</summary>
    private void SuppressBy(int best, ReadOnlySpan<int> others, ref MergedBox merged)
    {
        Box box = _selection.Boxes[best];
        foreach (int other in others)
        {
            if (!_decided[other] && box.Iou(_selection.Boxes[other]) > settings.Iou)
            {
                _decided[other] = true;
                merged.Add(_selection.Boxes[other], _selection.Scores[other]);
            }
        }
    }
}
