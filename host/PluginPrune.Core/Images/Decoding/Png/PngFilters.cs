using System.Numerics;

namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>Takes a row's prediction back (W3C PNG, section 9.2).</summary>
internal static class PngFilters
{
    /// <summary>Restores a row in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 mean, 4 Paeth.</param>
    /// <param name="row">The filtered bytes, then the restored ones.</param>
    /// <param name="above">The restored row above; zeros for the first.</param>
    /// <param name="step">Bytes of a whole pixel, at least 1.</param>
    public static void Restore(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = step; i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                break;
            case 2:
                RestoreFromAbove(row, above);
                break;
            case 3:
                RestoreMean(row, above, step);
                break;
            case 4:
                RestorePaeth(row, above, step);
                break;
            default:
                throw new PictureFault($"this PNG has a row with filter {filter}; there are 0 to 4, so it is damaged.");
        }
    }

    /// <summary>Of left, above and above left, the one that is nearest to left + above - above left.</summary>
    public static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - corner - corner);
        int nearer = toAbove <= toCorner ? above : corner;
        return toLeft <= toAbove && toLeft <= toCorner ? left : nearer;
    }

    private static void RestoreFromAbove(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void RestoreMean(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        int first = Math.Min(step, row.Length);
        for (int i = 0; i < first; i++)
        {
            row[i] += (byte)(above[i] >> 1);
        }

        for (int i = step; i < row.Length; i++)
        {
            row[i] += (byte)((row[i - step] + above[i]) >> 1);
        }
    }

    private static void RestorePaeth(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        // Channel by channel, so that what the next pixel needs stays in registers.
        above = above[..row.Length];
        for (int channel = 0; channel < Math.Min(step, row.Length); channel++)
        {
            int left = 0;
            int corner = 0;
            for (int i = channel; i < row.Length; i += step)
            {
                int up = above[i];
                left = (byte)(row[i] + Paeth(left, up, corner));
                row[i] = (byte)left;
                corner = up;
            }
        }
    }
}
