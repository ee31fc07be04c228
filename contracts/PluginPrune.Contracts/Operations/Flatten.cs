using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>All elements behind each other, row-major: [c, h, w] becomes [c * h * w].</summary>
public sealed record Flatten : Operation
{
    /// <inheritdoc />
    public override string Name => "flatten";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => new(Single(inputs).Count);
}
