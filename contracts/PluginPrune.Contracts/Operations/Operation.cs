using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// What a node computes, with its tensors. The set of operations is closed: analysis, surgery and every engine know all of
/// them. What no operation says is kept as <see cref="Opaque"/>.
/// </summary>
/// <remarks>Immutable. Two operations are equal when their settings are equal and their tensors are the same objects.</remarks>
public abstract record Operation
{
    private protected Operation()
    {
    }

    /// <summary>The name that reports use, for instance 'convolution'.</summary>
    public abstract string Name { get; }

    /// <summary>The tensors, each with the name of its role, in a fixed order; absent ones are left out.</summary>
    public virtual ImmutableArray<NamedTensor> Tensors => [];

    /// <summary>The shape of the output for given shapes of the inputs, batch left out.</summary>
    /// <param name="inputs">One shape for each input.</param>
    /// <exception cref="ShapeException">The number of inputs or a shape is not what the operation takes.</exception>
    public abstract Shape InferShape(ReadOnlySpan<Shape> inputs);

    private protected static Shape Single(ReadOnlySpan<Shape> inputs) =>
        inputs.Length == 1 ? inputs[0] : throw new ShapeException($"it takes one input and has {inputs.Length}.");

    private protected static Shape SingleMap(ReadOnlySpan<Shape> inputs)
    {
        Shape shape = Single(inputs);
        return shape.Rank == 3
            ? shape
            : throw new ShapeException($"it takes a feature map [channels, height, width]; its input is {shape}.");
    }
}
