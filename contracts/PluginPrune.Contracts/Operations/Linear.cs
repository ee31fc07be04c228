using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>A fully connected layer on a vector: y = Weight x + Bias.</summary>
/// <param name="Weight">[out, in].</param>
/// <param name="Bias">[out], or null.</param>
public sealed record Linear(Tensor Weight, Tensor? Bias) : Operation
{
    /// <inheritdoc />
    public override string Name => "linear";

    /// <inheritdoc />
    public override ImmutableArray<NamedTensor> Tensors =>
        Bias is null ? [new("weight", Weight)] : [new("weight", Weight), new("bias", Bias)];

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        if (Weight.Shape.Rank != 2 || input.Rank != 1 || Weight.Shape[1] != input.Channels)
        {
            throw new ShapeException($"its weight is {Weight.Shape}; its input must be a vector of {Weight.Shape[Weight.Shape.Rank - 1]} and is {input}.");
        }

        if (Bias is { } bias && bias.Count != Weight.Shape[0])
        {
            throw new ShapeException($"it has {Weight.Shape[0]} outputs and {bias.Count} biases.");
        }

        return new Shape(Weight.Shape[0]);
    }
}
