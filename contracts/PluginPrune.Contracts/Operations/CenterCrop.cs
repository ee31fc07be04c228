using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// The middle of a map, y = Scale * x + Offset of it. Where what goes is odd, one row or column more goes at the bottom or on
/// the right.
/// </summary>
/// <param name="Size">Height and width of what stays.</param>
public sealed record CenterCrop(Extent Size) : Operation
{
    /// <summary>The factor of every element.</summary>
    /// <value>The default is 1.</value>
    public double Scale { get; init; } = 1;

    /// <summary>What is added to every element.</summary>
    /// <value>The default is 0.</value>
    public double Offset { get; init; }

    /// <inheritdoc />
    public override string Name => "center crop";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        return Size.Height >= 1 && Size.Width >= 1 && Size.Height <= input.Height && Size.Width <= input.Width
            ? new Shape(input.Channels, Size.Height, Size.Width)
            : throw new ShapeException($"{Size} cannot be cut out of {input}.");
    }
}
