namespace PluginPrune.Core.Training;

/// <summary>How large a box is, in pixels of a network's input; so are anchors.</summary>
/// <param name="Width">Above 0.</param>
/// <param name="Height">Above 0.</param>
public readonly record struct BoxSize(double Width, double Height)
{
    /// <summary>Width times height.</summary>
    public double Area => Width * Height;

    /// <summary>The IoU of two boxes of these sizes with one centre.</summary>
    public double Iou(BoxSize other)
    {
        double shared = Math.Min(Width, other.Width) * Math.Min(Height, other.Height);
        return shared / (Area + other.Area - shared);
    }

    /// <summary>The smaller of two widths or heights by the larger one, where that is least: 1 for equal boxes, 0.25 where a side is four times as long.</summary>
    public double SideRatio(BoxSize other) => Math.Min(
        Math.Min(Width, other.Width) / Math.Max(Width, other.Width), Math.Min(Height, other.Height) / Math.Max(Height, other.Height));

    /// <summary>How well two boxes agree, 0 to 1.</summary>
    internal double Agreement(BoxSize other, AnchorMeasure measure) => measure == AnchorMeasure.Iou ? Iou(other) : SideRatio(other);
}
