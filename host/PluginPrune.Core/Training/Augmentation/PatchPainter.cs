using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>
/// Draws a part of a picture through a map, bilinearly between the centres of four pixels. Only what is seen is computed: for every row
/// of the target the run of its pixels whose centres come from the part.
/// </summary>
internal static class PatchPainter
{
    /// <summary>Places are in parts of 65536, the weights of neighbours in parts of 256.</summary>
    private const int One = 1 << 16;

    /// <summary>So that pixels on the edge that two parts share belong to one of them at least, in spite of rounding.</summary>
    private const double Margin = 1e-6;

    /// <summary>Draws.</summary>
    /// <param name="tile">The picture.</param>
    /// <param name="part">What of it is drawn, within its pixels.</param>
    /// <param name="map">From its pixels to the target's.</param>
    /// <param name="target">Is drawn on.</param>
    public static void Draw(Tile tile, Box part, Affine map, Picture target)
    {
        Affine back = map.Invert();
        Box reach = map.Around(part);
        int end = (int)Math.Min(target.Height, Math.Ceiling(reach.Bottom));
        for (int y = (int)Math.Max(0, Math.Floor(reach.Top)); y < end; y++)
        {
            double startX = (back.B * (y + 0.5)) + back.C;
            double startY = (back.E * (y + 0.5)) + back.F;
            double from = 0;
            double to = target.Width;
            Narrow(back.A, startX, part.Left, part.Right, ref from, ref to);
            Narrow(back.D, startY, part.Top, part.Bottom, ref from, ref to);
            int first = (int)Math.Ceiling(from - 0.5);
            int last = (int)Math.Floor(to - 0.5);
            if (first <= last)
            {
                double u = startX + (back.A * (first + 0.5)) - 0.5;
                double v = startY + (back.D * (first + 0.5)) - 0.5;
                last = Math.Min(last, target.Width - 1);
                Span<byte> run = target.Row(y).Slice(first * Picture.Channels, (last - first + 1) * Picture.Channels);
                DrawRun(tile, Fixed(u), Fixed(v), Fixed(back.A), Fixed(back.D), run);
            }
        }
    }

    private static int Fixed(double value) => (int)Math.Round(value * One);

    /// <summary>Keeps those x between from and to for which slope x + start lies between least and most.</summary>
    private static void Narrow(double slope, double start, double least, double most, ref double from, ref double to)
    {
        if (Math.Abs(slope) < 1e-12)
        {
            to = start >= least - Margin && start <= most + Margin ? to : -1;
            return;
        }

        double one = (least - start) / slope;
        double other = (most - start) / slope;
        from = Math.Max(from, Math.Min(one, other) - Margin);
        to = Math.Min(to, Math.Max(one, other) + Margin);
    }

    private static void DrawRun(Tile tile, int u, int v, int stepU, int stepV, Span<byte> run)
    {
        int width = tile.Pixels.Width;
        int height = tile.Pixels.Height;
        int stride = width * Picture.Channels;
        if (stepU == One && stepV == 0 && ((u | v) & (One - 1)) == 0)
        {
            int x = Math.Clamp(u >> 16, 0, width - (run.Length / Picture.Channels));
            tile.Pixels.Row(Math.Clamp(v >> 16, 0, height - 1)).Slice(x * Picture.Channels, run.Length).CopyTo(run);
            return;
        }

        ref byte source = ref MemoryMarshal.GetArrayDataReference(tile.Array);
        ref byte target = ref MemoryMarshal.GetReference(run);
        int mostU = (width - 1) * One;
        int mostV = (height - 1) * One;
        Vector128<ushort> half = Vector128.Create((ushort)128);
        Vector128<ushort> neighbour = Vector128.Create((ushort)3, 4, 5, 6, 7, 7, 7, 7);
        for (int at = 0; at < run.Length; at += Picture.Channels, u += stepU, v += stepV)
        {
            // What lies beyond the outermost centres repeats them; there a neighbour may get the whole weight, 256.
            int x = Math.Clamp(u, 0, mostU);
            int y = Math.Clamp(v, 0, mostV);
            int left = Math.Min(x >> 16, width - 2);
            int upper = Math.Min(y >> 16, height - 2);
            var weightX = (ushort)((x - (left << 16)) >> 8);
            var weightY = (ushort)((y - (upper << 16)) >> 8);
            ref byte pixel = ref Unsafe.Add(ref source, (nint)((upper * stride) + (left * Picture.Channels)));
            Vector128<ushort> mixed = Mix(Load(ref pixel), Load(ref Unsafe.Add(ref pixel, stride)), weightY, half);
            mixed = Mix(mixed, Vector128.Shuffle(mixed, neighbour), weightX, half);
            uint color = Vector128.Narrow(mixed, mixed).AsUInt32().ToScalar();
            ref byte to = ref Unsafe.Add(ref target, at);
            if (at + Picture.Channels < run.Length)
            {
                // The fourth byte is the next pixel's, which is still to come.
                Unsafe.WriteUnaligned(ref to, color);
            }
            else
            {
                Unsafe.WriteUnaligned(ref to, (ushort)color);
                Unsafe.Add(ref to, 2) = (byte)(color >> 16);
            }
        }
    }

    /// <summary>Two pixels side by side, and two bytes that do not count.</summary>
    private static Vector128<ushort> Load(ref byte pixel) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref pixel)).AsByte());

    /// <summary>At most 255 * 256 + 128: no carry is lost.</summary>
    private static Vector128<ushort> Mix(Vector128<ushort> one, Vector128<ushort> other, ushort weight, Vector128<ushort> half) =>
        ((one * (ushort)(256 - weight)) + (other * weight) + half) >>> 8;
}
