namespace PluginPrune.Core.Images.Drawing;

/// <summary>Colours for classes: neighbours differ in hue, and after a round through the hand-picked ones in lightness too.</summary>
internal static class ClassPalette
{
    private const double GoldenShare = 0.6180339887498949;

    private static readonly Rgb[] Picked =
    [
        new(0xFF, 0x4B, 0x4B), new(0x2E, 0x9B, 0xFF), new(0x33, 0xD1, 0x7A), new(0xFF, 0xB0, 0x20), new(0xB3, 0x6B, 0xFF),
        new(0x1F, 0xD3, 0xD3), new(0xFF, 0x66, 0xB8), new(0xC6, 0xE0, 0x3A), new(0xFF, 0x7A, 0x2F), new(0x5B, 0x6C, 0xFF),
        new(0x12, 0xA5, 0x8A), new(0xF2, 0xE2, 0x4B), new(0xD1, 0x3F, 0xC9), new(0x7F, 0xC7, 0xFF), new(0xE0, 0x8E, 0x45),
        new(0x8C, 0xE9, 0x9A), new(0xC9, 0x2F, 0x5E), new(0x00, 0xC2, 0xFF), new(0x4C, 0x8C, 0x2B), new(0xE8, 0xC5, 0xFF),
    ];

    public static Rgb ColorOf(int index)
    {
        // Indexes below 0 have colours too, lest a drawing fail for an odd label.
        uint place = (uint)index;
        if (place < Picked.Length)
        {
            return Picked[place];
        }

        double hue = place * GoldenShare % 1;
        double saturation = 0.55 + (0.4 * (place % 3) / 2);
        double value = 0.75 + (0.25 * (place % 2));
        return FromHue(hue, saturation, value);
    }

    /// <summary>Smith 1978: hue, saturation and value, each 0 to 1.</summary>
    private static Rgb FromHue(double hue, double saturation, double value)
    {
        return new Rgb(Channel(5), Channel(3), Channel(1));

        byte Channel(int offset)
        {
            double k = (offset + (hue * 6)) % 6;
            return (byte)Math.Round(255 * (value - (value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1))));
        }
    }
}
