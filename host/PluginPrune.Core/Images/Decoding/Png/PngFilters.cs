using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

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
        above = above[..row.Length];
        int done = step is 3 or 4 ? RestorePaethPixels(row, above, step) : 0;

        // Channel by channel, so that what the next pixel needs stays in registers.
        for (int channel = done; channel < Math.Min(done + step, row.Length); channel++)
        {
            int left = done == 0 ? 0 : row[channel - step];
            int corner = done == 0 ? 0 : above[channel - step];
            for (int i = channel; i < row.Length; i += step)
            {
                int up = above[i];
                left = (byte)(row[i] + Paeth(left, up, corner));
                row[i] = (byte)left;
                corner = up;
            }
        }
    }

    /// <summary>All channels of a pixel at once, in 16 bits each.</summary>
    /// <returns>How many bytes at the row's beginning are restored: all but the last few pixels.</returns>
    private static int RestorePaethPixels(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        Vector128<short> left = default;
        Vector128<short> corner = default;
        int i = 0;
        for (; i <= row.Length - sizeof(uint); i += step)
        {
            uint next = BinaryPrimitives.ReadUInt32LittleEndian(row[i..]);
            Vector128<short> up = Widen(BinaryPrimitives.ReadUInt32LittleEndian(above[i..]));
            Vector128<short> toLeft = Vector128.Abs(up - corner);
            Vector128<short> toUp = Vector128.Abs(left - corner);
            Vector128<short> toCorner = Vector128.Abs(left + up - corner - corner);
            Vector128<short> nearer = Vector128.ConditionalSelect(Vector128.LessThanOrEqual(toUp, toCorner), up, corner);
            Vector128<short> isLeft = Vector128.LessThanOrEqual(toLeft, Vector128.Min(toUp, toCorner));
            left = (Widen(next) + Vector128.ConditionalSelect(isLeft, left, nearer)) & Vector128.Create((short)255);
            corner = up;

            // Of three bytes the fourth is the next pixel's, which stays as it is.
            uint restored = Vector128.Narrow(left, left).AsUInt32().ToScalar();
            BinaryPrimitives.WriteUInt32LittleEndian(row[i..], step == 4 ? restored : (restored & 0xFFFFFF) | (next & 0xFF000000));
        }

        return i;
    }

    private static Vector128<short> Widen(uint bytes) => Vector128.WidenLower(Vector128.CreateScalar(bytes).AsByte()).AsInt16();
}
