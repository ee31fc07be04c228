using System.Numerics;

namespace PluginPrune.Core.Training;

/// <summary>Blends two pictures.</summary>
internal static class PictureBlend
{
    /// <summary>Lays one over the other.</summary>
    /// <param name="below">Receives the blend.</param>
    /// <param name="above">As many bytes.</param>
    /// <param name="share">The share of what is below, 0 to 1; taken in parts of 256.</param>
    public static void Apply(Span<byte> below, ReadOnlySpan<byte> above, double share)
    {
        var weight = (ushort)Math.Round(share * 256);
        var rest = (ushort)(256 - weight);
        var half = new Vector<ushort>(128);
        int i = 0;
        for (; i <= below.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(below[i..]), out Vector<ushort> lowBelow, out Vector<ushort> highBelow);
            Vector.Widen(new Vector<byte>(above[i..]), out Vector<ushort> lowAbove, out Vector<ushort> highAbove);
            Vector.Narrow(
                ((lowBelow * weight) + (lowAbove * rest) + half) >>> 8,
                ((highBelow * weight) + (highAbove * rest) + half) >>> 8).CopyTo(below[i..]);
        }

        for (; i < below.Length; i++)
        {
            below[i] = (byte)(((below[i] * weight) + (above[i] * rest) + 128) >> 8);
        }
    }
}
