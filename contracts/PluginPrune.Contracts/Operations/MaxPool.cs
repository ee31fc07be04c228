using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>The maximum in a sliding window; what lies outside the input does not take part.</summary>
/// <param name="Kernel">The window.</param>
/// <param name="Stride">Its step.</param>
/// <param name="Padding">How far the window may reach outside; less than the window on each side.</param>
public sealed record MaxPool(Extent Kernel, Extent Stride, Padding Padding) : Operation
{
    /// <inheritdoc />
    public override string Name => "max pool";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        if (Math.Max(Padding.Top, Padding.Bottom) >= Kernel.Height || Math.Max(Padding.Left, Padding.Right) >= Kernel.Width)
        {
            throw new ShapeException($"its padding reaches beyond its window of {Kernel}: a window could lie wholly outside.");
        }

        return Window.Slide(input, input.Channels, Kernel, Stride, Padding, Extent.Square(1));
    }
}
