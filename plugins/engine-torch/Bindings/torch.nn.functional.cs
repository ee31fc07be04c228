namespace PluginPrune.EngineTorch.Bindings;

/// <content>Layers.</content>
internal static partial class torch
{
    public static class nn
    {
        public static class functional
        {
            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias,
                ReadOnlySpan<long> stride,
                ReadOnlySpan<long> padding,
                ReadOnlySpan<long> dilation,
                long groups) =>
                new(Shim.pp_conv2d(input.Handle, weight.Handle, Optional(bias), stride, padding, dilation, groups));

            public static Tensor linear(Tensor input, Tensor weight, Tensor? bias) =>
                new(Shim.pp_linear(input.Handle, weight.Handle, Optional(bias)));

            public static Tensor unfold(Tensor input, ReadOnlySpan<long> kernel_size, ReadOnlySpan<long> padding, ReadOnlySpan<long> stride) =>
                new(Shim.pp_unfold(input.Handle, kernel_size, padding, stride));

            /// <summary>With the running statistics.</summary>
            public static Tensor batch_norm(Tensor input, Tensor running_mean, Tensor running_var, Tensor? weight, Tensor? bias, double eps) =>
                new(Shim.pp_batch_norm(input.Handle, running_mean.Handle, running_var.Handle, Optional(weight), Optional(bias), eps));

            /// <summary>Sides of the last axis first, each before and after.</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, double value) =>
                new(Shim.pp_pad(input.Handle, pad, pad.Length, value));

            public static Tensor max_pool2d(Tensor input, ReadOnlySpan<long> kernel_size, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding) =>
                new(Shim.pp_max_pool2d(input.Handle, kernel_size, stride, padding));

            /// <summary>For floats on the processor; sides as in <see cref="pad"/>. No counterpart in TorchSharp.</summary>
            public static Tensor MaxPoolChannelsLast(Tensor input, ReadOnlySpan<long> kernel_size, ReadOnlySpan<long> stride, ReadOnlySpan<long> sides) =>
                new(Shim.pp_max_pool2d_channels_last(input.Handle, kernel_size, stride, sides));

            public static Tensor avg_pool2d(
                Tensor input, ReadOnlySpan<long> kernel_size, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, bool count_include_pad) =>
                new(Shim.pp_avg_pool2d(input.Handle, kernel_size, stride, padding, count_include_pad ? 1 : 0));

            public static Tensor upsample_nearest2d(Tensor input, ReadOnlySpan<long> outputSize) =>
                new(Shim.pp_upsample_nearest2d(input.Handle, outputSize));

            public static Tensor softmax(Tensor input, long dim) => new(Shim.pp_softmax(input.Handle, dim));

            public static Tensor channel_shuffle(Tensor input, long groups) => new(Shim.pp_channel_shuffle(input.Handle, groups));

            private static TensorHandle Optional(Tensor? tensor) => tensor?.Handle ?? TensorHandle.Absent;
        }
    }
}
