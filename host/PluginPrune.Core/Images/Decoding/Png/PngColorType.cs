namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>What the samples of a PNG's pixel are; the values are the file's.</summary>
internal enum PngColorType
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    RgbAlpha = 6,
}
