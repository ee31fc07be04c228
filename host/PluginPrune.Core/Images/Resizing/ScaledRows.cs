using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Images.Resizing;

/// <summary>
/// Makes the rows of a resized picture one after the other, so that no whole one need be kept. Every rule and every rounding
/// is that of OpenCV's resize for 8 bits (modules/imgproc/src/resize.cpp of version 4), on which networks are trained and compared.
/// </summary>
internal abstract class ScaledRows(Picture source)
{
    protected Picture Source { get; } = source;

    public static ScaledRows Of(Picture source, PictureSize size, Interpolation interpolation)
    {
        if (source.Size == size)
        {
            return new SameRows(source);
        }

        bool shrinks = size.Width <= source.Width && size.Height <= source.Height;
        bool isWhole = shrinks && source.Width % size.Width == 0 && source.Height % size.Height == 0;
        return interpolation switch
        {
            Interpolation.Nearest => new NearestRows(source, size),

            // Half the size means the mean of four pixels to both.
            Interpolation.Area when isWhole => new BlockRows(source, size),
            Interpolation.Bilinear when isWhole && source.Width == 2 * size.Width && source.Height == 2 * size.Height => new BlockRows(source, size),
            Interpolation.Area when shrinks => new AreaRows(source, size),
            _ => new LinearRows(source, size),
        };
    }

    /// <summary>Makes a row.</summary>
    /// <param name="y">From 0; quickest in ascending order.</param>
    /// <param name="target">Receives 3 bytes a pixel.</param>
    public abstract void Write(int y, Span<byte> target);
}
