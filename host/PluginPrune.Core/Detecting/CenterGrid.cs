using PluginPrune.Contracts.Detections;

namespace PluginPrune.Core.Detecting;

/// <summary>Boxes sorted into cells by their centres, so that those that can overlap one much are found without looking at all.</summary>
internal sealed class CenterGrid
{
    private const int BoxesPerCell = 4;
    private const int MostCells = 64;

    private int[] _cellOf = [];
    private int[] _starts = [];
    private int[] _members = [];
    private int _side;
    private double _left;
    private double _top;
    private double _perX;
    private double _perY;

    /// <summary>The boxes of one run of cells.</summary>
    public ReadOnlySpan<int> Members(int row, int firstColumn, int lastColumn)
    {
        int start = _starts[(row * _side) + firstColumn];
        return _members.AsSpan(start, _starts[(row * _side) + lastColumn + 1] - start);
    }

    /// <summary>Sorts boxes in.</summary>
    /// <param name="boxes">All boxes.</param>
    /// <param name="group">Which of them.</param>
    public void Fill(Box[] boxes, ReadOnlySpan<int> group)
    {
        _side = Math.Clamp((int)Math.Sqrt(group.Length / BoxesPerCell), 1, MostCells);
        Measure(boxes, group);

        if (_members.Length < group.Length)
        {
            _members = new int[group.Length];
            _cellOf = new int[group.Length];
        }

        // A counting sort; it keeps the order within a cell.
        _starts = _starts.Length == (_side * _side) + 1 ? _starts : new int[(_side * _side) + 1];
        Array.Clear(_starts);
        for (int i = 0; i < group.Length; i++)
        {
            Box box = boxes[group[i]];
            _cellOf[i] = (Cell(box.Top + box.Bottom, _top, _perY) * _side) + Cell(box.Left + box.Right, _left, _perX);
            _starts[_cellOf[i]]++;
        }

        int next = 0;
        for (int cell = 0; cell < _starts.Length; cell++)
        {
            (_starts[cell], next) = (next, next + _starts[cell]);
        }

        for (int i = 0; i < group.Length; i++)
        {
            _members[_starts[_cellOf[i]]++] = group[i];
        }

        // Filling moved each start to the next cell's.
        Array.Copy(_starts, 0, _starts, 1, _starts.Length - 1);
        _starts[0] = 0;
    }

    /// <summary>
    /// The cells with the centres of all boxes whose IoU with a box can be above a threshold. On either axis intervals of the
    /// widths w and v whose centres are d apart have an IoU of at most ((w + v) / 2 - d) / ((w + v) / 2 + d), and of at most
    /// w / v: hence d is below w (1 - t) / 2t.
    /// </summary>
    public (int FirstRow, int LastRow, int FirstColumn, int LastColumn) Range(Box box, double threshold)
    {
        if (!(threshold > 0))
        {
            return (0, _side - 1, 0, _side - 1);
        }

        // Twice the centre is what is stored, hence twice the reach; a little more for rounding.
        double reach = 1.000001 * (1 - threshold) / threshold;
        double x = box.Left + box.Right;
        double y = box.Top + box.Bottom;
        return (
            Cell(y - (reach * box.Height), _top, _perY),
            Cell(y + (reach * box.Height), _top, _perY),
            Cell(x - (reach * box.Width), _left, _perX),
            Cell(x + (reach * box.Width), _left, _perX));
    }

    private void Measure(Box[] boxes, ReadOnlySpan<int> group)
    {
        (double left, double top, double right, double bottom) =
            (double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        foreach (int index in group)
        {
            Box box = boxes[index];
            left = Math.Min(left, box.Left + box.Right);
            right = Math.Max(right, box.Left + box.Right);
            top = Math.Min(top, box.Top + box.Bottom);
            bottom = Math.Max(bottom, box.Top + box.Bottom);
        }

        (_left, _top) = (left, top);
        _perX = right > left ? _side / (right - left) : 0;
        _perY = bottom > top ? _side / (bottom - top) : 0;
    }

    private int Cell(double position, double origin, double perUnit) => (int)Math.Clamp((position - origin) * perUnit, 0, _side - 1);
}
