using System.Globalization;

namespace PluginPrune.Core.Images;

/// <summary>How large a picture is, in pixels.</summary>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>Width times height.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>The size with its sides exchanged.</summary>
    public PictureSize Turned => new(Height, Width);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width} x {Height}");
}
