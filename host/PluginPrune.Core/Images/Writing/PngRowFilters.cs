using System.Numerics;
using PluginPrune.Core.Images.Decoding.Png;

namespace PluginPrune.Core.Images.Writing;

/// <summary>Chooses for each row the prediction that leaves the least, as the standard recommends (W3C PNG, section 12.7).</summary>
internal sealed class PngRowFilters(int rowBytes)
{
    private const int Step = Picture.Channels;
    private const byte Left = 1;
    private const byte Above = 2;
    private const byte Paeth = 4;

    private byte[] _best = new byte[1 + rowBytes];
    private byte[] _tried = new byte[1 + rowBytes];

    /// <summary>The filter's number and the filtered row; good until the next call.</summary>
    public ReadOnlySpan<byte> Filter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above)
    {
        long least = long.MaxValue;
        foreach (byte filter in (ReadOnlySpan<byte>)[Left, Above, Paeth])
        {
            _tried[0] = filter;
            Span<byte> target = _tried.AsSpan(1);
            int done = Math.Min(Step, row.Length);
            FilterRest(filter, row, above, target, 0, done);
            done = FilterVectors(filter, row, above, target, done);
            FilterRest(filter, row, above, target, done, row.Length);
            long rest = SumOfDistances(target);
            if (rest < least)
            {
                least = rest;
                (_best, _tried) = (_tried, _best);
            }
        }

        return _best;
    }

    private static int FilterVectors(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target, int start)
    {
        int i = start;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> prediction = filter switch
            {
                Left => new Vector<byte>(row[(i - Step)..]),
                Above => new Vector<byte>(above[i..]),
                _ => PredictPaeth(new Vector<byte>(row[(i - Step)..]), new Vector<byte>(above[i..]), new Vector<byte>(above[(i - Step)..])),
            };
            (new Vector<byte>(row[i..]) - prediction).CopyTo(target[i..]);
        }

        return i;
    }

    private static Vector<byte> PredictPaeth(Vector<byte> left, Vector<byte> above, Vector<byte> corner)
    {
        Vector.Widen(left, out Vector<ushort> leftLow, out Vector<ushort> leftHigh);
        Vector.Widen(above, out Vector<ushort> aboveLow, out Vector<ushort> aboveHigh);
        Vector.Widen(corner, out Vector<ushort> cornerLow, out Vector<ushort> cornerHigh);
        return Vector.Narrow(Nearest(leftLow, aboveLow, cornerLow), Nearest(leftHigh, aboveHigh, cornerHigh));
    }

    private static Vector<ushort> Nearest(Vector<ushort> left, Vector<ushort> above, Vector<ushort> corner)
    {
        Vector<short> a = Vector.AsVectorInt16(left);
        Vector<short> b = Vector.AsVectorInt16(above);
        Vector<short> c = Vector.AsVectorInt16(corner);
        Vector<short> toLeft = Vector.Abs(b - c);
        Vector<short> toAbove = Vector.Abs(a - c);
        Vector<short> toCorner = Vector.Abs(a + b - c - c);
        Vector<short> nearer = Vector.ConditionalSelect(Vector.LessThanOrEqual(toAbove, toCorner), b, c);
        Vector<short> isLeft = Vector.LessThanOrEqual(toLeft, Vector.Min(toAbove, toCorner));
        return Vector.AsVectorUInt16(Vector.ConditionalSelect(isLeft, a, nearer));
    }

    private static void FilterRest(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int left = i < Step ? 0 : row[i - Step];
            int corner = i < Step ? 0 : above[i - Step];
            int prediction = filter switch
            {
                Left => left,
                Above => above[i],
                _ => PngFilters.Paeth(left, above[i], corner),
            };
            target[i] = (byte)(row[i] - prediction);
        }
    }

    /// <summary>How far from 0 the bytes are, taken as signed ones.</summary>
    private static long SumOfDistances(ReadOnlySpan<byte> bytes)
    {
        Vector<uint> sums = default;
        int i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var values = new Vector<byte>(bytes[i..]);
            Vector.Widen(Vector.Min(values, Vector<byte>.Zero - values), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low + high, out Vector<uint> first, out Vector<uint> second);
            sums += first + second;
        }

        long sum = Vector.Sum(sums);
        for (; i < bytes.Length; i++)
        {
            sum += Math.Abs((int)(sbyte)bytes[i]);
        }

        return sum;
    }
}
