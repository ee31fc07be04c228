using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>exp(x_c) over the sum of exp over all channels, place by place.</summary>
public sealed record Softmax : Operation
{
    /// <inheritdoc />
    public override string Name => "softmax";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => Single(inputs);
}
