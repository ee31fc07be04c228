using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>Axes in another order. Channels before and after are locked unless axis 0 stays first.</summary>
/// <param name="Order">Output axis i is input axis Order[i]; a permutation of the input's axes, batch left out.</param>
public sealed record Transpose(ImmutableArray<int> Order) : Operation
{
    /// <inheritdoc />
    public override string Name => "transpose";

    /// <inheritdoc />
    public bool Equals(Transpose? other) => other is not null && Order.AsSpan().SequenceEqual(other.Order.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => Order.Aggregate(17, HashCode.Combine);

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        if (!Order.Order().SequenceEqual(Enumerable.Range(0, input.Rank)))
        {
            throw new ShapeException($"({string.Join(", ", Order)}) is no permutation of the {input.Rank} axes of {input}.");
        }

        return new Shape([.. Order.Select(axis => input[axis])]);
    }
}
