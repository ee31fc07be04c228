using System.Numerics;

namespace PluginPrune.Core.Images.Resizing;

/// <summary>Each pixel is the mean of what it covers, parts of pixels counted as parts.</summary>
internal sealed class AreaRows : ScaledRows
{
    private readonly AxisCover _horizontal;
    private readonly AxisCover _vertical;
    private readonly float[] _sums;
    private float[] _row;
    private int _scaledRow = -1;

    public AreaRows(Picture source, PictureSize size)
        : base(source)
    {
        _horizontal = new AxisCover(source.Width, size.Width);
        _vertical = new AxisCover(source.Height, size.Height);
        _sums = new float[size.Width * Picture.Channels];
        _row = new float[size.Width * Picture.Channels];
    }

    public override void Write(int y, Span<byte> target)
    {
        (int first, int offset, int count) = _vertical.Runs[y];
        Array.Clear(_sums);
        for (int i = 0; i < count; i++)
        {
            Scale(first + i);
            Add(_row, _vertical.Shares[offset + i], _sums);
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (byte)Math.Clamp((int)MathF.Round(_sums[i]), 0, 255);
        }
    }

    private static void Add(ReadOnlySpan<float> row, float share, Span<float> sums)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(sums[i..]) + (new Vector<float>(row[i..]) * share)).CopyTo(sums[i..]);
        }

        for (; i < row.Length; i++)
        {
            sums[i] += row[i] * share;
        }
    }

    /// <summary>Scales a row along; the row that two new ones share is kept.</summary>
    private void Scale(int y)
    {
        if (_scaledRow == y)
        {
            return;
        }

        _scaledRow = y;
        ReadOnlySpan<byte> row = Source.Row(y);
        Span<float> target = _row;
        int to = 0;
        foreach ((int first, int offset, int count) in _horizontal.Runs)
        {
            ReadOnlySpan<byte> run = row.Slice(first * Picture.Channels, count * Picture.Channels);
            float red = 0;
            float green = 0;
            float blue = 0;
            foreach (float share in _horizontal.Shares.AsSpan(offset, count))
            {
                red += run[0] * share;
                green += run[1] * share;
                blue += run[2] * share;
                run = run[Picture.Channels..];
            }

            Span<float> pixel = target.Slice(to, Picture.Channels);
            pixel[0] = red;
            pixel[1] = green;
            pixel[2] = blue;
            to += Picture.Channels;
        }
    }
}
