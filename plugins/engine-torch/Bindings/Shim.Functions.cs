using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <content>Layers.</content>
internal static partial class Shim
{
    [LibraryImport(Library)]
    public static partial TensorHandle pp_conv2d(
        TensorHandle input,
        TensorHandle weight,
        TensorHandle bias,
        ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding,
        ReadOnlySpan<long> dilation,
        long groups);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_linear(TensorHandle input, TensorHandle weight, TensorHandle bias);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_bmm(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_unfold(
        TensorHandle input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> padding, ReadOnlySpan<long> stride);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_batch_norm(
        TensorHandle input, TensorHandle mean, TensorHandle variance, TensorHandle weight, TensorHandle bias, double epsilon);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_pad(TensorHandle input, ReadOnlySpan<long> sides, int count, double value);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_max_pool2d(
        TensorHandle input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_max_pool2d_channels_last(
        TensorHandle input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> sides);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_avg_pool2d(
        TensorHandle input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, int countsPadding);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_upsample_nearest2d(TensorHandle input, ReadOnlySpan<long> size);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_softmax(TensorHandle input, long axis);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_channel_shuffle(TensorHandle input, long groups);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_cat(ReadOnlySpan<nint> tensors, int count, long axis);
}
