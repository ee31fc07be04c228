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
}
