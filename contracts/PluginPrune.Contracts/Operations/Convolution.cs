using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// A 2-D cross-correlation over [in, height, width] with zero padding. Output channel o of group g reads the input channels
/// g * in / groups up to (g + 1) * in / groups.
/// </summary>
/// <param name="Weight">[out, in / groups, kernel height, kernel width].</param>
/// <param name="Bias">[out], or null.</param>
public sealed record Convolution(Tensor Weight, Tensor? Bias) : Operation
{
    /// <summary>The step of the window.</summary>
    public Extent Stride { get; init; } = Extent.Square(1);

    /// <summary>The zeros around the input.</summary>
    public Padding Padding { get; init; }

    /// <summary>The distance between the taps of the kernel.</summary>
    public Extent Dilation { get; init; } = Extent.Square(1);

    /// <summary>In how many independent parts the channels are convolved; divides in and out.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Rows and columns of the kernel.</summary>
    public Extent Kernel => new(Weight.Shape[2], Weight.Shape[3]);

    /// <summary>How many channels come out.</summary>
    public int OutputChannels => Weight.Shape[0];

    /// <summary>How many channels go in.</summary>
    public int InputChannels => Weight.Shape[1] * Groups;

    /// <summary>Whether every input channel is convolved on its own: as many groups as input channels, and more than one.</summary>
    public bool IsDepthwise => Groups > 1 && Weight.Shape[1] == 1;

    /// <inheritdoc />
    public override string Name => IsDepthwise ? "depthwise convolution" : "convolution";

    /// <inheritdoc />
    public override ImmutableArray<NamedTensor> Tensors =>
        Bias is null ? [new("weight", Weight)] : [new("weight", Weight), new("bias", Bias)];

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        if (Weight.Shape.Rank != 4)
        {
            throw new ShapeException($"its weight must be [out, in / groups, height, width]; it is {Weight.Shape}.");
        }

        if (Groups < 1 || OutputChannels % Groups != 0 || input.Channels % Groups != 0)
        {
            throw new ShapeException($"{Groups} groups do not divide {input.Channels} input and {OutputChannels} output channels.");
        }

        if (InputChannels != input.Channels)
        {
            throw new ShapeException($"its weight is for {InputChannels} input channels; its input has {input.Channels}.");
        }

        if (Bias is { } bias && bias.Count != OutputChannels)
        {
            throw new ShapeException($"it has {OutputChannels} output channels and {bias.Count} biases.");
        }

        return Window.Slide(input, OutputChannels, Kernel, Stride, Padding, Dilation);
    }
}
