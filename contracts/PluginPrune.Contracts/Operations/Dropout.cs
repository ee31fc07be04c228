using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>Zeroes a share of its input while training; at inference its input, unchanged.</summary>
/// <param name="Probability">The share, 0 to 1.</param>
public sealed record Dropout(double Probability) : Operation
{
    /// <inheritdoc />
    public override string Name => "dropout";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => Single(inputs);
}
