using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>The mean in a sliding window.</summary>
/// <param name="Kernel">The window.</param>
/// <param name="Stride">Its step.</param>
/// <param name="Padding">How far the window may reach outside; less than the window on each side.</param>
public sealed record AveragePool(Extent Kernel, Extent Stride, Padding Padding) : Operation
{
    /// <summary>Whether places outside the input count as zeros (the divisor is the window), or not at all.</summary>
    /// <value>The default is false.</value>
    public bool CountsPadding { get; init; }

    /// <inheritdoc />
    public override string Name => "average pool";

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
