using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;

namespace PluginPrune.HeadYolov5.Loss;

/// <summary>
/// Says which anchors learn which objects: those whose sides differ from the object's by less than a factor, in the cell of its centre
/// and in the nearest cell to the side and the nearest above or below.
/// </summary>
/// <remarks>
/// A neighbour is taken where the centre is less than half a cell from it; on the middle of a cell there is none on either side. A centre
/// exactly on the line between two cells has the one before as its neighbour; YOLOv5 takes its own cell twice there besides.
/// </remarks>
/// <param name="grid">The head.</param>
/// <param name="ratio">The factor.</param>
internal sealed class TargetMatcher(LevelGrid grid, double ratio)
{
    /// <summary>Matches the objects of a picture.</summary>
    /// <param name="picture">The picture's index in its batch, for messages.</param>
    /// <param name="targets">The objects.</param>
    /// <exception cref="HeadException">An object's class is none of the head's, it lies outside the picture, or its weight is not above 0 to 1.</exception>
    public List<Match> Match(int picture, IReadOnlyList<TrainingTarget> targets)
    {
        var matches = new List<Match>();
        Span<int> places = stackalloc int[3];
        for (int i = 0; i < targets.Count; i++)
        {
            TrainingTarget target = Check(targets[i], picture, i);
            ReadOnlySpan<int> found = places[..PlacesOf(target.Box, places)];
            for (int anchor = 0; anchor < grid.Anchors; anchor++)
            {
                if (!Fits(target.Box, anchor))
                {
                    continue;
                }

                foreach (int place in found)
                {
                    matches.Add(new Match(anchor, place, target));
                }
            }
        }

        return matches;
    }

    private bool Fits(Box box, int anchor)
    {
        double width = box.Width / grid.AnchorWidth(anchor);
        double height = box.Height / grid.AnchorHeight(anchor);
        return Math.Max(Math.Max(width, 1 / width), Math.Max(height, 1 / height)) < ratio;
    }

    private int PlacesOf(Box box, Span<int> places)
    {
        double x = (box.Left + box.Right) / 2 / grid.CellWidth;
        double y = (box.Top + box.Bottom) / 2 / grid.CellHeight;

        // A centre on the last edge belongs to the last cell.
        int column = Math.Min((int)x, grid.Columns - 1);
        int row = Math.Min((int)y, grid.Rows - 1);
        int besides = column + Step(x, column, grid.Columns);
        int beyond = row + Step(y, row, grid.Rows);
        int count = 0;
        places[count++] = (row * grid.Columns) + column;
        if (besides != column)
        {
            places[count++] = (row * grid.Columns) + besides;
        }

        if (beyond != row)
        {
            places[count++] = (beyond * grid.Columns) + column;
        }

        return count;
    }

    /// <summary>To the neighbour that the centre is nearer to than the middle of its cell is, where there is one.</summary>
    private static int Step(double centre, int cell, int cells) =>
        centre - cell < 0.5 && centre > 1 ? -1
        : centre - cell > 0.5 && cell < cells - 1 ? 1
        : 0;

    private TrainingTarget Check(in TrainingTarget target, int picture, int index)
    {
        string Where() => $"Head '{grid.Head.Id}' ({grid.Head.Origin}), picture {picture} of the batch, object {index}: ";
        if (target.ClassIndex < 0 || target.ClassIndex >= grid.Classes)
        {
            throw new HeadException($"{Where()}it is of class {target.ClassIndex}; the head's classes are 0 to {grid.Classes - 1}.");
        }

        if (!(target.Weight > 0 && target.Weight <= 1))
        {
            throw new HeadException($"{Where()}it counts {target.Weight}; it must be above 0 and at most 1.");
        }

        Box box = target.Box.Clip(grid.Width, grid.Height);
        return box.IsEmpty
            ? throw new HeadException($"{Where()}its box {target.Box} covers nothing of the picture of {grid.Width} x {grid.Height}. Leave it out.")
            : target with { Box = box };
    }
}
