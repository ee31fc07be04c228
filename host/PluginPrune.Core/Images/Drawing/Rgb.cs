namespace PluginPrune.Core.Images.Drawing;

/// <summary>A colour.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    public static Rgb White { get; } = new(255, 255, 255);

    public static Rgb Ink { get; } = new(16, 20, 26);

    /// <summary>Which of black and white reads better on it: where the eye finds both equally far off, at a relative luminance of 0.18, it changes (WCAG 2, relative luminance).</summary>
    public Rgb TextColor => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue)) > 0.24 ? Ink : White;

    private static double Linear(byte value)
    {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
