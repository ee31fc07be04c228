using PluginPrune.Contracts.Detections;

namespace PluginPrune.Shared.Losses;

/// <summary>A box by its centre and its size in pixels of the network's input, or something for each of these four.</summary>
/// <param name="X">The centre.</param>
/// <param name="Y">The centre.</param>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
internal readonly record struct CenterBox(double X, double Y, double Width, double Height)
{
    /// <summary>The same box by its edges.</summary>
    public Box ToBox() => Box.FromCenter(X, Y, Width, Height);

    /// <summary>All four times a number.</summary>
    public CenterBox Times(double factor) => new(X * factor, Y * factor, Width * factor, Height * factor);

    /// <summary>The sum with others, times a number.</summary>
    public CenterBox Plus(in CenterBox other, double factor) =>
        new(X + (factor * other.X), Y + (factor * other.Y), Width + (factor * other.Width), Height + (factor * other.Height));

    /// <summary>The products with others.</summary>
    public CenterBox Times(in CenterBox other) => new(X * other.X, Y * other.Y, Width * other.Width, Height * other.Height);
}
