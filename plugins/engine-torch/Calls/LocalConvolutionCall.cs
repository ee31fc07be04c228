using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>A kernel of its own at every place: what each place sees, as a column, times the matrix of that place.</summary>
internal sealed class LocalConvolutionCall(LocalConvolution local, Shape output, Placement placement) : Call
{
    private Tensor? _weight;
    private Tensor? _bias;

    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite)
    {
        Prepare(inputs);
        return Compute(local, output, inputs[0], _weight!, _bias!);
    }

    /// <summary>Computes with given tensors: the weight as [places, out, seen] or as it is stored, the bias to be added as it is.</summary>
    public static Tensor Compute(LocalConvolution local, Shape output, Tensor input, Tensor weight, Tensor bias)
    {
        Shape shape = local.Weight.Shape;
        using Tensor kernels = weight.reshape(shape[0], shape[1], (long)shape[2] * shape[3] * shape[4]);
        using Tensor padded = Shuffles.Pad(input, local.Padding, 0);
        using Tensor seen = torch.nn.functional.unfold(padded, [shape[3], shape[4]], [0, 0], Pools.Pair(local.Stride));
        using Tensor columns = seen.permute(2, 1, 0);

        // [places, out, pictures]
        using Tensor products = torch.bmm(kernels, columns);
        using Tensor turned = products.permute(2, 1, 0);
        using Tensor map = turned.reshape(-1, output.Channels, output.Height, output.Width);
        return map.add(bias);
    }

    protected override void Make(ReadOnlySpan<Tensor> inputs)
    {
        Shape shape = local.Weight.Shape;
        _bias = Own(placement.Keep(local.Bias.Floats, 1, output.Channels, output.Height, output.Width));
        _weight = Own(placement.Keep(local.Weight.Floats, shape[0], shape[1], (long)shape[2] * shape[3] * shape[4]));
    }
}
