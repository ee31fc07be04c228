using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>Its input, unchanged: a layer that only names another one, such as a route with one source.</summary>
public sealed record Identity : Operation
{
    /// <inheritdoc />
    public override string Name => "identity";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => Single(inputs);
}
