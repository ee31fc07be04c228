using System.Numerics;

namespace PluginPrune.Core.Images.Resizing;

/// <summary>Each pixel between four: first along the row in parts of 2048, then between two such rows, rounded as OpenCV's vector code does.</summary>
internal sealed class LinearRows : ScaledRows
{
    private readonly AxisWeights _vertical;

    /// <summary>Byte offsets of the left and right pixel of every new column, and their weights.</summary>
    private readonly (int Left, int Right, int LeftWeight, int RightWeight)[] _columns;

    private int[] _upper;
    private int[] _lower;
    private int _upperRow = -1;
    private int _lowerRow = -1;

    public LinearRows(Picture source, PictureSize size)
        : base(source)
    {
        var horizontal = new AxisWeights(source.Width, size.Width);
        _vertical = new AxisWeights(source.Height, size.Height);
        _columns = new (int Left, int Right, int LeftWeight, int RightWeight)[size.Width];
        int last = source.Width - 1;
        for (int x = 0; x < size.Width; x++)
        {
            int first = horizontal.First[x];
            (int left, int right) = horizontal.Weights[x];
            _columns[x] = first < 0 ? (0, 0, AxisWeights.One, 0)
                : first >= last ? (last * Picture.Channels, last * Picture.Channels, AxisWeights.One, 0)
                : (first * Picture.Channels, (first + 1) * Picture.Channels, left, right);
        }

        _upper = new int[size.Width * Picture.Channels];
        _lower = new int[size.Width * Picture.Channels];
    }

    public override void Write(int y, Span<byte> target)
    {
        int first = _vertical.First[y];
        int upper = Math.Clamp(first, 0, Source.Height - 1);
        int lower = Math.Clamp(first + 1, 0, Source.Height - 1);
        if (upper == _lowerRow)
        {
            (_upper, _lower) = (_lower, _upper);
            (_upperRow, _lowerRow) = (_lowerRow, _upperRow);
        }

        Scale(upper, _upper, ref _upperRow);
        Scale(lower, _lower, ref _lowerRow);
        (int upperWeight, int lowerWeight) = _vertical.Weights[y];
        Mix(_upper, upperWeight, _lower, lowerWeight, target);
    }

    /// <summary>Scales a row along, where that has not been done yet; kept as 15 bits, which the next step takes.</summary>
    private void Scale(int y, Span<int> target, ref int scaled)
    {
        if (scaled == y)
        {
            return;
        }

        scaled = y;
        ReadOnlySpan<byte> row = Source.Row(y);
        int to = 0;
        foreach ((int left, int right, int leftWeight, int rightWeight) in _columns)
        {
            ReadOnlySpan<byte> a = row.Slice(left, Picture.Channels);
            ReadOnlySpan<byte> b = row.Slice(right, Picture.Channels);
            Span<int> pixel = target.Slice(to, Picture.Channels);
            pixel[0] = ((a[0] * leftWeight) + (b[0] * rightWeight)) >> 4;
            pixel[1] = ((a[1] * leftWeight) + (b[1] * rightWeight)) >> 4;
            pixel[2] = ((a[2] * leftWeight) + (b[2] * rightWeight)) >> 4;
            to += Picture.Channels;
        }
    }

    private static void Mix(ReadOnlySpan<int> upper, int upperWeight, ReadOnlySpan<int> lower, int lowerWeight, Span<byte> target)
    {
        int i = 0;
        int step = Vector<int>.Count;
        var two = new Vector<int>(2);
        for (; i <= target.Length - (4 * step); i += 4 * step)
        {
            Vector<short> low = Vector.Narrow(Mixed(upper, lower, i), Mixed(upper, lower, i + step));
            Vector<short> high = Vector.Narrow(Mixed(upper, lower, i + (2 * step)), Mixed(upper, lower, i + (3 * step)));
            Vector.Narrow(Vector.AsVectorUInt16(low), Vector.AsVectorUInt16(high)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = (byte)((((upper[i] * upperWeight) >> 16) + ((lower[i] * lowerWeight) >> 16) + 2) >> 2);
        }

        Vector<int> Mixed(ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, int at) =>
            (((new Vector<int>(upper[at..]) * upperWeight) >> 16) + ((new Vector<int>(lower[at..]) * lowerWeight) >> 16) + two) >> 2;
    }
}
