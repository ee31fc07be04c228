namespace PluginPrune.Contracts.Detections;

/// <summary>An axis-aligned rectangle. Its unit (pixels of the photo, pixels of the network's input, shares of a side) is said where it is used.</summary>
/// <param name="Left">The smaller x.</param>
/// <param name="Top">The smaller y; y grows downwards.</param>
/// <param name="Right">The larger x.</param>
/// <param name="Bottom">The larger y.</param>
public readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>From left to right; negative for a box that is turned inside out.</summary>
    public double Width => Right - Left;

    /// <summary>From top to bottom; negative for a box that is turned inside out.</summary>
    public double Height => Bottom - Top;

    /// <summary>Width times height; 0 for a box without both.</summary>
    public double Area => IsEmpty ? 0 : Width * Height;

    /// <summary>Whether the box covers nothing, or is not a number.</summary>
    public bool IsEmpty => !(Right > Left && Bottom > Top);

    /// <summary>A box around a point.</summary>
    /// <param name="x">The centre.</param>
    /// <param name="y">The centre.</param>
    /// <param name="width">The width.</param>
    /// <param name="height">The height.</param>
    public static Box FromCenter(double x, double y, double width, double height) =>
        new(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));

    /// <summary>The area that two boxes share.</summary>
    /// <param name="other">The other box, in the same unit.</param>
    public double Intersect(Box other)
    {
        double width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        double height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /// <summary>Intersection over union, 0 to 1; 0 where both are empty.</summary>
    /// <param name="other">The other box, in the same unit.</param>
    public double Iou(Box other)
    {
        double shared = Intersect(other);
        return shared > 0 ? shared / (Area + other.Area - shared) : 0;
    }

    /// <summary>The part that lies in a rectangle from 0, 0; perhaps empty.</summary>
    /// <param name="width">The rectangle's width.</param>
    /// <param name="height">The rectangle's height.</param>
    public Box Clip(double width, double height) =>
        new(Math.Clamp(Left, 0, width), Math.Clamp(Top, 0, height), Math.Clamp(Right, 0, width), Math.Clamp(Bottom, 0, height));

    /// <summary>The box in another unit.</summary>
    /// <param name="x">The factor on x.</param>
    /// <param name="y">The factor on y.</param>
    public Box Scale(double x, double y) => new(Left * x, Top * y, Right * x, Bottom * y);

    /// <summary>The box elsewhere.</summary>
    /// <param name="x">What is added to x.</param>
    /// <param name="y">What is added to y.</param>
    public Box Shift(double x, double y) => new(Left + x, Top + y, Right + x, Bottom + y);
}
