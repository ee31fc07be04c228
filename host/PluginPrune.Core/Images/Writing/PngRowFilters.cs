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
            long rest = Apply(filter, row, above, _tried.AsSpan(1));
            if (rest < least)
            {
                least = rest;
                (_best, _tried) = (_tried, _best);
            }
        }

        return _best;
    }

    /// <summary>Filters and sums up how far from 0 the bytes are, taken as signed ones.</summary>
    private static long Apply(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target)
    {
        long rest = 0;
        above = above[..row.Length];
        target = target[..row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < Step ? 0 : row[i - Step];
            int corner = i < Step ? 0 : above[i - Step];
            int prediction = filter switch
            {
                Left => left,
                Above => above[i],
                _ => PngFilters.Paeth(left, above[i], corner),
            };
            byte value = (byte)(row[i] - prediction);
            target[i] = value;
            rest += Math.Abs((int)(sbyte)value);
        }

        return rest;
    }
}
