namespace PluginPrune.Contracts.Operations;

/// <summary>A height and a width in pixels or cells: of a kernel, a stride, a dilation.</summary>
/// <param name="Height">At least 1.</param>
/// <param name="Width">At least 1.</param>
public readonly record struct Extent(int Height, int Width)
{
    /// <summary>A square.</summary>
    /// <param name="side">At least 1.</param>
    public static Extent Square(int side) => new(side, side);

    /// <summary>For instance '3 x 3'.</summary>
    public override string ToString() => $"{Height} x {Width}";
}
