using System.Numerics;

namespace PluginPrune.Core.Images.Resizing;

/// <summary>Each pixel is the mean of a block of whole pixels.</summary>
internal sealed class BlockRows : ScaledRows
{
    private readonly int _factorX;
    private readonly int _factorY;

    /// <summary>Sums of the source's columns over a block's rows.</summary>
    private readonly int[] _columns;

    public BlockRows(Picture source, PictureSize size)
        : base(source)
    {
        _factorX = source.Width / size.Width;
        _factorY = source.Height / size.Height;
        _columns = new int[source.Width * Picture.Channels];
    }

    public override void Write(int y, Span<byte> target)
    {
        Array.Clear(_columns);
        for (int row = y * _factorY; row < (y + 1) * _factorY; row++)
        {
            Add(Source.Row(row), _columns);
        }

        int block = _factorX * Picture.Channels;
        bool isQuarter = _factorX == 2 && _factorY == 2;
        float share = 1f / (_factorX * _factorY);
        for (int to = 0, from = 0; to < target.Length; to += Picture.Channels, from += block)
        {
            ReadOnlySpan<int> columns = _columns.AsSpan(from, block);
            for (int channel = 0; channel < Picture.Channels; channel++)
            {
                int sum = 0;
                for (int i = channel; i < columns.Length; i += Picture.Channels)
                {
                    sum += columns[i];
                }

                // Halves go up in a block of four and to the even neighbour in all others.
                target[to + channel] = (byte)(isQuarter ? (sum + 2) >> 2 : (int)MathF.Round(sum * share));
            }
        }
    }

    private static void Add(ReadOnlySpan<byte> row, Span<int> sums)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out Vector<ushort> low, out Vector<ushort> high);
            AddTo(sums[i..], low);
            AddTo(sums[(i + Vector<ushort>.Count)..], high);
        }

        for (; i < row.Length; i++)
        {
            sums[i] += row[i];
        }
    }

    private static void AddTo(Span<int> sums, Vector<ushort> values)
    {
        Vector.Widen(values, out Vector<uint> low, out Vector<uint> high);
        (new Vector<int>(sums) + Vector.AsVectorInt32(low)).CopyTo(sums);
        sums = sums[Vector<int>.Count..];
        (new Vector<int>(sums) + Vector.AsVectorInt32(high)).CopyTo(sums);
    }
}
