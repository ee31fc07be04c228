namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>A pass over the picture: every so many pixels and rows, from a first one on (W3C PNG, section 8.1).</summary>
internal readonly record struct PngPass(int Left, int Top, int StepX, int StepY)
{
    private static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    private static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    public static PngPass[] Of(PngHeader header) => header.IsInterlaced ? Adam7 : Whole;

    /// <summary>The pixels of the pass in a picture; a side may be 0.</summary>
    public PictureSize SizeIn(PictureSize picture) =>
        new((picture.Width - Left + StepX - 1) / StepX, (picture.Height - Top + StepY - 1) / StepY);
}
