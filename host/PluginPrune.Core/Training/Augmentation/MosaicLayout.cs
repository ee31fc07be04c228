using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>Four pictures with a corner each at one point of a canvas twice as wide and high as the input.</summary>
internal static class MosaicLayout
{
    /// <summary>Where a picture lies.</summary>
    /// <param name="tile">Its size.</param>
    /// <param name="place">0 and 1 are the upper ones, 2 and 3 the lower ones.</param>
    /// <param name="centerX">The point.</param>
    /// <param name="centerY">The point.</param>
    /// <param name="input">The input's size.</param>
    /// <returns>Its left and upper edge, and the part of it, in its own pixels, that lies on the canvas.</returns>
    public static (int Left, int Top, Box Part) Of(PictureSize tile, int place, int centerX, int centerY, PictureSize input)
    {
        int left = place % 2 == 0 ? centerX - tile.Width : centerX;
        int top = place < 2 ? centerY - tile.Height : centerY;
        return (left, top, new Box(-left, -top, (2 * input.Width) - left, (2 * input.Height) - top).Clip(tile.Width, tile.Height));
    }
}
