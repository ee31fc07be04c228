using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Calls;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>A convolution, in half precision where asked for.</summary>
internal sealed class ConvolutionTraining : TrainingCall
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly bool _isHalf;
    private readonly int _groups;
    private readonly long[] _stride;
    private readonly long[] _dilation;
    private readonly long[] _padding;
    private readonly Padding _rest;

    public ConvolutionTraining(Convolution convolution, Parameter weight, Parameter? bias, bool isHalf)
    {
        (_weight, _bias, _isHalf, _groups) = (weight, bias, isHalf, convolution.Groups);
        _stride = Pools.Pair(convolution.Stride);
        _dilation = Pools.Pair(convolution.Dilation);

        // ATen pads alike on both sides; what is more on one is added before.
        Padding padding = convolution.Padding;
        int high = Math.Min(padding.Top, padding.Bottom);
        int wide = Math.Min(padding.Left, padding.Right);
        _padding = [high, wide];
        _rest = new Padding(padding.Top - high, padding.Left - wide, padding.Bottom - high, padding.Right - wide);
    }

    public override bool IsTrained => _weight.IsTrained;

    public override bool KeepsInputs => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        using Tensor padded = Shuffles.Pad(inputs[0], _rest, 0);
        using Tensor input = Typed(padded);
        using Tensor weight = Typed(_weight.Value);
        using Tensor? bias = _bias is null ? null : Typed(_bias.Value);
        turn.Keep(input);
        turn.Keep(weight);
        return torch.nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
    }

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        // A loss's gradient comes in single precision, and ATen takes no mixture.
        using Tensor typed = Typed(gradient);
        TorchException.Check(Shim.pp_conv2d_backward(
            typed.Handle,
            turn.Kept[0].Handle,
            turn.Kept[1].Handle,
            _stride,
            _padding,
            _dilation,
            _groups,
            turn.Wants(0) ? 1 : 0,
            IsTrained ? 1 : 0,
            IsTrained && _bias is not null ? 1 : 0,
            out TensorHandle byInput,
            out TensorHandle byWeight,
            out TensorHandle byBias));
        using Tensor? forWeight = Tensor.Optional(byWeight);
        using Tensor? forBias = Tensor.Optional(byBias);
        if (Tensor.Optional(byInput) is { } forInput)
        {
            turn.Give(0, Unpadded(forInput));
        }

        if (forWeight is not null)
        {
            _weight.AddGradient(forWeight);
        }

        if (forBias is not null)
        {
            _bias!.AddGradient(forBias);
        }
    }

    private Tensor Typed(Tensor x) => _isHalf ? x.half() : x.alias();

    // The inner part of what was padded before.
    private Tensor Unpadded(Tensor x)
    {
        if (_rest == default)
        {
            return x;
        }

        using (x)
        {
            long[] shape = x.shape;
            using Tensor rows = x.narrow(2, _rest.Top, shape[2] - _rest.Top - _rest.Bottom);
            using Tensor inner = rows.narrow(3, _rest.Left, shape[3] - _rest.Left - _rest.Right);
            return inner.clone();
        }
    }
}
