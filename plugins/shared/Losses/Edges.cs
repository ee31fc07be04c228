using PluginPrune.Contracts.Detections;

namespace PluginPrune.Shared.Losses;

/// <summary>Which edges of a predicted box are those of a rectangle made of it and of another: 1 where they are, 0 where not.</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge.</param>
internal readonly record struct Edges(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Those of the rectangle that both share.</summary>
    public static Edges Inner(Box box, Box other) => new(
        box.Left > other.Left ? 1 : 0, box.Top > other.Top ? 1 : 0, box.Right < other.Right ? 1 : 0, box.Bottom < other.Bottom ? 1 : 0);

    /// <summary>Those of the smallest rectangle around both.</summary>
    public static Edges Outer(Box box, Box other) => new(
        box.Left < other.Left ? 1 : 0, box.Top < other.Top ? 1 : 0, box.Right > other.Right ? 1 : 0, box.Bottom > other.Bottom ? 1 : 0);

    /// <summary>How the rectangle's width moves with the box, times a factor.</summary>
    public CenterBox WidthSlope(double factor) => new(factor * (Right - Left), 0, factor * (Right + Left) / 2, 0);

    /// <summary>How the rectangle's height moves with the box, times a factor.</summary>
    public CenterBox HeightSlope(double factor) => new(0, factor * (Bottom - Top), 0, factor * (Bottom + Top) / 2);

    /// <summary>How the rectangle's area moves with the box.</summary>
    public CenterBox AreaSlope(double width, double height) => WidthSlope(height).Plus(HeightSlope(width), 1);
}
