using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>The same elements in the same row-major order under another shape. Channels before and after are locked.</summary>
/// <param name="Target">As many elements as the input has.</param>
public sealed record Reshape(Shape Target) : Operation
{
    /// <inheritdoc />
    public override string Name => "reshape";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        return input.Count == Target.Count
            ? Target
            : throw new ShapeException($"{input} has {input.Count} elements and cannot become {Target} with {Target.Count}.");
    }
}
