using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using PluginPrune.Shared.Losses;

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
    /// <exception cref="HeadException">An object cannot be learned, see <see cref="WantedObject.Cut"/>.</exception>
    public List<Match> Match(int picture, IReadOnlyList<TrainingTarget> targets)
    {
        var matches = new List<Match>();
        var wanted = new WantedObject(grid.Head, grid.Classes, grid.Width, grid.Height);
        Span<int> places = stackalloc int[3];
        for (int i = 0; i < targets.Count; i++)
        {
            TrainingTarget target = wanted.Cut(targets[i], picture, i);
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
}
