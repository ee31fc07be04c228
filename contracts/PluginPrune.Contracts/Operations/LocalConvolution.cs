using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// A locally connected layer: a convolution whose kernel is another one at every place of its output. Channels before and
/// after are locked.
/// </summary>
/// <param name="Weight">[places of the output, out, in, kernel height, kernel width].</param>
/// <param name="Bias">[out, height, width] of the output.</param>
public sealed record LocalConvolution(Tensor Weight, Tensor Bias) : Operation
{
    /// <summary>The step of the window.</summary>
    public Extent Stride { get; init; } = Extent.Square(1);

    /// <summary>The zeros around the input.</summary>
    public Padding Padding { get; init; }

    /// <inheritdoc />
    public override string Name => "local convolution";

    /// <inheritdoc />
    public override ImmutableArray<NamedTensor> Tensors => [new("weight", Weight), new("bias", Bias)];

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        if (Weight.Shape.Rank != 5 || Weight.Shape[2] != input.Channels)
        {
            throw new ShapeException($"its weight is {Weight.Shape}; it must be [places, out, {input.Channels}, height, width].");
        }

        Shape output = Window.Slide(input, Weight.Shape[1], new Extent(Weight.Shape[3], Weight.Shape[4]), Stride, Padding, Extent.Square(1));
        return Weight.Shape[0] == output.ElementsPerChannel && Bias.Shape == output
            ? output
            : throw new ShapeException($"it gives {output}; its weight is for {Weight.Shape[0]} places and its bias {Bias.Shape}.");
    }
}
