using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineTorch.Bindings;

/// <content>Layers in training; no counterparts in TorchSharp.</content>
internal static partial class torch
{
    /// <summary>One-dimensional, in single precision.</summary>
    public static Tensor zeros(long count, Device device) => new(Shim.pp_tensor_zeros(count, device.Index));

    public static class gradients
    {
        /// <summary>An activation that keeps what it is given.</summary>
        public static Tensor Activate(Tensor x, ActivationKind kind, double slope) => new(Shim.pp_activation(x.Handle, (int)kind, slope));

        /// <summary>Darknet's normalizations over the channels of a place, out of place.</summary>
        public static Tensor Normalize(Tensor x, ChannelNormalizationKind kind) => new(Shim.pp_channel_normalization(x.Handle, (int)kind));

        public static Tensor LeakyBackward(Tensor gradient, Tensor result, double slope) =>
            new(Shim.pp_leaky_relu_backward(gradient.Handle, result.Handle, slope));

        public static Tensor NarrowBackward(Tensor gradient, ReadOnlySpan<long> sizes, long start) =>
            new(Shim.pp_narrow_backward(gradient.Handle, sizes, sizes.Length, start));

        public static Tensor MaxPoolBackward(
            Tensor gradient, Tensor input, Tensor output, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> sides) =>
            new(Shim.pp_max_pool2d_channels_last_backward(gradient.Handle, input.Handle, output.Handle, kernel, stride, sides));
    }
}
