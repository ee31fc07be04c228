using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// An operation that PluginPrune does not know. It is kept verbatim by its format's annotations, every channel around it is
/// locked, reports name it, and no engine needs to run it.
/// </summary>
/// <param name="Kind">What the file calls it.</param>
/// <param name="Output">The shape of its output, as the format worked it out.</param>
/// <param name="Parameters">Its learned tensors, so that they are counted; may be empty.</param>
public sealed record Opaque(string Kind, Shape Output, ImmutableArray<NamedTensor> Parameters) : Operation
{
    /// <inheritdoc />
    public override string Name => $"opaque '{Kind}'";

    /// <inheritdoc />
    public override ImmutableArray<NamedTensor> Tensors => Parameters;

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => Output;
}
