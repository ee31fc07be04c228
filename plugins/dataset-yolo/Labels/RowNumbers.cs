using PluginPrune.Contracts.Detections;

namespace PluginPrune.DatasetYolo.Labels;

/// <summary>Takes the numbers of a row one by one: as a box, and as the corners of a polygon.</summary>
internal struct RowNumbers()
{
    private double _x, _y, _width, _height;
    private double _left = double.PositiveInfinity, _top = double.PositiveInfinity, _right = double.NegativeInfinity, _bottom = double.NegativeInfinity;

    public double Class { get; private set; }

    public readonly Box Rectangle => Box.FromCenter(_x, _y, _width, _height);

    /// <summary>The smallest box around the corners.</summary>
    public readonly Box Polygon => new(_left, _top, _right, _bottom);

    public void Add(int column, double number)
    {
        switch (column)
        {
            case 0:
                Class = number;
                return;
            case 1:
                _x = number;
                break;
            case 2:
                _y = number;
                break;
            case 3:
                _width = number;
                break;
            case 4:
                _height = number;
                break;
        }

        if (column % 2 == 1)
        {
            (_left, _right) = (Math.Min(_left, number), Math.Max(_right, number));
        }
        else
        {
            (_top, _bottom) = (Math.Min(_top, number), Math.Max(_bottom, number));
        }
    }
}
