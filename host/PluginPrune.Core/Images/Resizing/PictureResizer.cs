using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images.Resizing;

namespace PluginPrune.Core.Images;

/// <summary>Brings pictures to another size, with OpenCV's rounding: INTER_LINEAR, INTER_AREA and INTER_NEAREST.</summary>
public static class PictureResizer
{
    /// <summary>A picture of another size; of the same size, a copy.</summary>
    /// <param name="picture">Stays as it is.</param>
    /// <param name="size">The new size; proportions may change.</param>
    /// <param name="interpolation">How.</param>
    public static Picture Resize(Picture picture, PictureSize size, Interpolation interpolation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var resized = new Picture(size);
        ScaledRows rows = ScaledRows.Of(picture, size, interpolation);
        for (int y = 0; y < size.Height; y++)
        {
            rows.Write(y, resized.Row(y));
        }

        return resized;
    }
}
