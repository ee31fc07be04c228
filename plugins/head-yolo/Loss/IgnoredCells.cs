using System.Numerics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>Finds cells without an object whose box overlaps one nevertheless.</summary>
/// <remarks>
/// The IoU of two boxes is at most that of their extents along either axis. So it can be above t only where widths differ by less
/// than the factor t, and centres by less than (1 - t) / (2 t) of the object's width; all other cells are passed over unseen.
/// </remarks>
/// <param name="grid">The head.</param>
/// <param name="limit">Overlaps above this are ignored; 1 for none.</param>
internal sealed class IgnoredCells(YoloGrid grid, double limit)
{
    // For rounding: what is let through is compared exactly afterwards.
    private const double Slack = 1e-6;

    /// <summary>Marks them among a picture's cells.</summary>
    /// <param name="values">The picture's raw outputs.</param>
    /// <param name="picture">Its objects and states.</param>
    public void Mark<T>(ReadOnlySpan<T> values, PictureTargets picture)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (limit >= 1)
        {
            return;
        }

        foreach (TrainingTarget target in picture.Targets)
        {
            Box box = target.Box;
            double reach = (1 - limit) / (2 * limit);
            (int firstColumn, int lastColumn) = Range((box.Left + box.Right) / 2, reach * box.Width, grid.CellWidth, grid.Columns);
            (int firstRow, int lastRow) = Range((box.Top + box.Bottom) / 2, reach * box.Height, grid.CellHeight, grid.Rows);
            for (int anchor = 0; anchor < grid.Anchors; anchor++)
            {
                (double leastWidth, double leastHeight) = grid.RawOfSize(box.Width * limit, box.Height * limit, anchor);
                (double mostWidth, double mostHeight) = grid.RawOfSize(box.Width / limit, box.Height / limit, anchor);
                Span<int> states = picture.States.Slice(anchor * grid.Places, grid.Places);
                ReadOnlySpan<T> widths = values.Slice(grid.Offset(anchor, 2), grid.Places);
                ReadOnlySpan<T> heights = values.Slice(grid.Offset(anchor, 3), grid.Places);
                for (int row = firstRow; row <= lastRow; row++)
                {
                    for (int place = (row * grid.Columns) + firstColumn; place <= (row * grid.Columns) + lastColumn; place++)
                    {
                        double width = double.CreateTruncating(widths[place]);
                        double height = double.CreateTruncating(heights[place]);
                        if (states[place] == CellState.Negative
                            && width >= leastWidth - Slack && width <= mostWidth + Slack && height >= leastHeight - Slack && height <= mostHeight + Slack
                            && grid.Decode(RawBox.At(values, grid, anchor, place), anchor, place).ToBox().Iou(box) > limit)
                        {
                            states[place] = CellState.Ignored;
                        }
                    }
                }
            }
        }
    }

    private (int First, int Last) Range(double center, double reach, double cell, int cells)
    {
        // With a limit of 0 the reach is endless.
        double first = Math.Floor(((center - reach) / cell) - 1 - grid.Overreach - Slack);
        double last = Math.Ceiling(((center + reach) / cell) + grid.Overreach + Slack);
        return ((int)Math.Max(first, 0), (int)Math.Min(last, cells - 1));
    }
}
