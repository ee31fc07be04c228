namespace PluginPrune.Core.Training;

/// <summary>
/// Multiplies hue, saturation and brightness in 8 bits, as OpenCV's conversions between RGB and HSV (hue 0 to 179) with a table for each
/// of the three in between do (modules/imgproc/src/color_hsv.simd.hpp of version 4).
/// </summary>
internal sealed class ColorShift
{
    private const int Hues = 180;
    private const int Shift = 12;
    private const int Sector = 30;

    private static readonly int[] SaturationOf = [.. Enumerable.Range(0, 256).Select(static v => v == 0 ? 0 : (int)Math.Round((255 << Shift) / (double)v))];
    private static readonly int[] HueOf = [.. Enumerable.Range(0, 256).Select(static d => d == 0 ? 0 : (int)Math.Round((Hues << Shift) / (6.0 * d)))];

    /// <summary>For each sixth of the circle the places of the largest, the smallest and the other channel.</summary>
    private static readonly (byte Largest, byte Smallest, byte Other)[] Places = [(0, 2, 1), (1, 2, 0), (1, 0, 2), (2, 0, 1), (2, 1, 0), (0, 1, 2)];

    /// <summary>For each old hue the new one: its places, and how far the other channel is from the largest, in thirtieths.</summary>
    private readonly (byte Largest, byte Smallest, byte Other, byte Distance)[] _hues = new (byte, byte, byte, byte)[Hues];

    private readonly byte[] _saturations = new byte[256];
    private readonly byte[] _values = new byte[256];

    /// <summary>Prepares the tables.</summary>
    public void Prepare(ColorGains gains)
    {
        for (int hue = 0; hue < Hues; hue++)
        {
            int shifted = (int)(hue * gains.Hue % Hues);
            (int sector, int within) = Math.DivRem(shifted, Sector);
            (byte largest, byte smallest, byte other) = Places[sector];
            _hues[hue] = (largest, smallest, other, (byte)(sector % 2 == 0 ? Sector - within : within));
        }

        for (int i = 0; i < 256; i++)
        {
            _saturations[i] = (byte)Math.Clamp(i * gains.Saturation, 0, 255);
            _values[i] = (byte)Math.Clamp(i * gains.Brightness, 0, 255);
        }
    }

    /// <summary>Changes pixels: red, green and blue side by side.</summary>
    public void Apply(Span<byte> pixels)
    {
        ReadOnlySpan<int> saturationOf = SaturationOf;
        ReadOnlySpan<int> hueOf = HueOf;
        for (; pixels.Length >= 3; pixels = pixels[3..])
        {
            int red = pixels[0];
            int green = pixels[1];
            int blue = pixels[2];
            int value = Math.Max(red, Math.Max(green, blue));
            int range = value - Math.Min(red, Math.Min(green, blue));
            int saturation = _saturations[((range * saturationOf[value]) + (1 << (Shift - 1))) >> Shift];
            int turn = value == red ? green - blue
                : value == green ? blue - red + (2 * range)
                : red - green + (4 * range);
            int hue = ((turn * hueOf[range]) + (1 << (Shift - 1))) >> Shift;
            (byte largest, byte smallest, byte other, byte distance) = _hues[hue < 0 ? hue + Hues : hue];
            value = _values[value];
            pixels[largest] = (byte)value;
            pixels[smallest] = (byte)(((uint)(value * (255 - saturation)) + 127) / 255);
            pixels[other] = (byte)(((uint)(value * ((255 * Sector) - (saturation * distance))) + (255 * Sector / 2)) / (255 * Sector));
        }
    }
}
