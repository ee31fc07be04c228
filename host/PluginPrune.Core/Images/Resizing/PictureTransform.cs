using PluginPrune.Contracts.Detections;

namespace PluginPrune.Core.Images;

/// <summary>Where places of a picture lie in a network's input: network = picture * scale + offset, in pixels; a pixel's left edge is its index.</summary>
/// <param name="ScaleX">Along the width; above 0.</param>
/// <param name="ScaleY">Along the height; above 0.</param>
/// <param name="OffsetX">The padding at the left.</param>
/// <param name="OffsetY">The padding at the top.</param>
public readonly record struct PictureTransform(double ScaleX, double ScaleY, double OffsetX, double OffsetY)
{
    /// <summary>A box of the picture, as it lies in the network's input.</summary>
    /// <param name="box">In pixels of the picture.</param>
    public Box ToNetwork(Box box) => box.Scale(ScaleX, ScaleY).Shift(OffsetX, OffsetY);

    /// <summary>A box of the network's input, as it lies in the picture; what lies in the padding lies outside of it.</summary>
    /// <param name="box">In pixels of the input.</param>
    public Box ToPicture(Box box) => new(
        (box.Left - OffsetX) / ScaleX, (box.Top - OffsetY) / ScaleY, (box.Right - OffsetX) / ScaleX, (box.Bottom - OffsetY) / ScaleY);
}
