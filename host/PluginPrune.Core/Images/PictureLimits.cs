using PluginPrune.Core.Images.Decoding;

namespace PluginPrune.Core.Images;

/// <summary>What is refused before memory is taken for it.</summary>
public static class PictureLimits
{
    /// <summary>The most pixels of a picture: 2^28, for instance 16384 x 16384; 768 MiB when decoded.</summary>
    public const long MaximumPixels = 1L << 28;

    /// <summary>The most bytes of a picture's file: 2^30.</summary>
    public const long MaximumFileBytes = 1L << 30;

    internal static PictureSize Check(PictureSize size)
    {
        if (size.Width < 1 || size.Height < 1)
        {
            throw new PictureFault($"its header says {size} pixels; both sides must be at least 1.");
        }

        return size.Pixels <= MaximumPixels
            ? size
            : throw new PictureFault($"its header says {size} pixels; at most {MaximumPixels} are read (2^28, for instance 16384 x 16384). Make it smaller.");
    }
}
