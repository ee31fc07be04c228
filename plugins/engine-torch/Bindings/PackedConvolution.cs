namespace PluginPrune.EngineTorch.Bindings;

/// <summary>A convolution on the processor whose weights lie in oneDNN's own order; no counterpart in TorchSharp.</summary>
internal sealed class PackedConvolution : IDisposable
{
    private readonly PackedHandle _handle;

    /// <summary>Packs weights for inputs of a size, [pictures, channels, height, width]; inputs of others can be run too.</summary>
    public PackedConvolution(
        Tensor weight,
        Tensor bias,
        ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding,
        ReadOnlySpan<long> dilation,
        long groups,
        ReadOnlySpan<long> input,
        PackedActivation activation,
        double slope)
    {
        _handle = TorchException.Check(Shim.pp_packed_new(
            weight.Handle, bias.Handle, stride, padding, dilation, groups, input, (int)activation, slope));
    }

    /// <summary>Whether this libtorch packs weights and applies an activation along with the convolution.</summary>
    public static bool Fuses(PackedActivation activation) => Shim.pp_packed_fuses((int)activation) != 0;

    public Tensor Run(Tensor input) => new(Shim.pp_packed_run(_handle, input.Handle));

    public void Dispose() => _handle.Dispose();
}
