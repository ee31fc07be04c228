using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>A convolution, with the batch norm and the activation that it has taken in.</summary>
internal sealed class ConvolutionCall(Convolution convolution, BatchNorm? norm, Activation? activation, Placement placement) : Call
{
    // ATen pads alike on both sides; what is more on one is added before.
    private readonly long[] _even = [Math.Min(convolution.Padding.Top, convolution.Padding.Bottom), Math.Min(convolution.Padding.Left, convolution.Padding.Right)];
    private readonly Padding _uneven = Uneven(convolution.Padding);
    private readonly Action<Tensor>? _activate = activation is null ? null : Activations.Create(activation);
    private PackedConvolution? _packed;
    private bool _activates;
    private Tensor? _weight;
    private Tensor? _bias;

    /// <summary>Whether an activation costs nothing where it is taken in.</summary>
    public static bool TakesInForNothing(Activation activation, Placement placement) =>
        !placement.Device.IsCuda && ActivationOf(activation) is { } kind && PackedConvolution.Fuses(kind);

    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite)
    {
        Prepare(inputs);
        using Tensor padded = Shuffles.Pad(inputs[0], _uneven, 0);
        Tensor output = _packed is { } packed
            ? packed.Run(padded)
            : torch.nn.functional.conv2d(
                padded, _weight!, _bias, Pools.Pair(convolution.Stride), _even, Pools.Pair(convolution.Dilation), convolution.Groups);
        if (!_activates)
        {
            _activate?.Invoke(output);
        }

        return output;
    }

    protected override void Make(ReadOnlySpan<Tensor> inputs)
    {
        (float[] weights, float[] biases) = FoldedWeights.Make(convolution, norm);
        Shape shape = convolution.Weight.Shape;
        Tensor weight = placement.Keep(weights, shape[0], shape[1], shape[2], shape[3]);
        Tensor bias = Own(placement.Keep(biases, shape[0]));
        if (placement.Device.IsCuda || !PackedConvolution.Fuses(PackedActivation.None))
        {
            (_weight, _bias) = (Own(weight), bias);
            return;
        }

        PackedActivation fused = ActivationOf(activation) is { } kind && PackedConvolution.Fuses(kind) ? kind : PackedActivation.None;
        long[] size = inputs[0].shape;
        size[2] += _uneven.Top + _uneven.Bottom;
        size[3] += _uneven.Left + _uneven.Right;
        using (weight)
        {
            _packed = Own(new PackedConvolution(
                weight, bias, Pools.Pair(convolution.Stride), _even, Pools.Pair(convolution.Dilation), convolution.Groups, size, fused, activation?.Slope ?? 0));
        }

        _activates = fused != PackedActivation.None;
    }

    private static PackedActivation? ActivationOf(Activation? activation) => activation?.Kind switch
    {
        null or ActivationKind.Linear => PackedActivation.None,
        ActivationKind.Relu => PackedActivation.Relu,
        ActivationKind.LeakyRelu => PackedActivation.LeakyRelu,
        _ => null,
    };

    private static Padding Uneven(Padding padding)
    {
        int high = Math.Min(padding.Top, padding.Bottom);
        int wide = Math.Min(padding.Left, padding.Right);
        return new Padding(padding.Top - high, padding.Left - wide, padding.Bottom - high, padding.Right - wide);
    }
}
