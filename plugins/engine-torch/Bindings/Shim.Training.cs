using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <content>What only training needs.</content>
internal static partial class Shim
{
    [LibraryImport(Library)]
    public static partial TensorHandle pp_activation(TensorHandle input, int kind, double slope);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_channel_normalization(TensorHandle input, int kind);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_batch_norm_train(
        TensorHandle input,
        TensorHandle mean,
        TensorHandle variance,
        TensorHandle weight,
        TensorHandle bias,
        double momentum,
        double epsilon,
        int isTraining);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_to_half(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_as_strided(
        TensorHandle memory, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, int rank, long start);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_zeros(long count, int device);

    [LibraryImport(Library)]
    public static partial int pp_copy_(TensorHandle tensor, TensorHandle source);

    [LibraryImport(Library)]
    public static partial int pp_zero_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_conv2d_backward(
        TensorHandle gradient,
        TensorHandle input,
        TensorHandle weight,
        ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding,
        ReadOnlySpan<long> dilation,
        long groups,
        int wantsInput,
        int wantsWeight,
        int wantsBias,
        out TensorHandle byInput,
        out TensorHandle byWeight,
        out TensorHandle byBias);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_max_pool2d_channels_last_backward(
        TensorHandle gradient,
        TensorHandle input,
        TensorHandle output,
        ReadOnlySpan<long> kernel,
        ReadOnlySpan<long> stride,
        ReadOnlySpan<long> sides);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_leaky_relu_backward(TensorHandle gradient, TensorHandle result, double slope);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_narrow_backward(TensorHandle gradient, ReadOnlySpan<long> sizes, int rank, long start);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_autograd_leaf(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_autograd_detach(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_autograd_backward(TensorHandle result, TensorHandle gradient);

    [LibraryImport(Library)]
    public static partial int pp_autograd_gradient(TensorHandle leaf, out TensorHandle gradient);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_norm_statistics(
        TensorHandle input, TensorHandle mean, TensorHandle variance, double momentum, double epsilon, int isTraining);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_norm_apply(
        TensorHandle input, TensorHandle statistics, TensorHandle gamma, TensorHandle beta, double slope, int overwrites);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_norm_backward(
        TensorHandle gradient,
        TensorHandle input,
        TensorHandle statistics,
        TensorHandle gamma,
        TensorHandle beta,
        double slope,
        int isTraining,
        int wantsParameters,
        int overwrites,
        out TensorHandle parameters);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_norm_max_pool(
        TensorHandle input,
        TensorHandle statistics,
        TensorHandle gamma,
        TensorHandle beta,
        double slope,
        ReadOnlySpan<long> kernel,
        ReadOnlySpan<long> stride);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_norm_max_pool_backward(
        TensorHandle gradient,
        TensorHandle input,
        TensorHandle statistics,
        TensorHandle gamma,
        TensorHandle beta,
        ReadOnlySpan<long> kernel,
        ReadOnlySpan<long> stride);

    [LibraryImport(Library)]
    public static partial int pp_sum_of_squares(TensorHandle tensor, out double sum);

    [LibraryImport(Library)]
    public static partial int pp_sgd(
        TensorHandle w, TensorHandle g, TensorHandle v, double rate, double momentum, double decay, double clip);

    [LibraryImport(Library)]
    public static partial int pp_adamw(
        TensorHandle w,
        TensorHandle g,
        TensorHandle m,
        TensorHandle v,
        double rate,
        double first,
        double second,
        double decay,
        double clip,
        long step);

    [LibraryImport(Library)]
    public static partial int pp_average(TensorHandle average, TensorHandle w, double decay);

    [LibraryImport(Library)]
    public static partial int pp_pull(TensorHandle g, TensorHandle w, TensorHandle strength, TensorHandle centre, double clip);

    [LibraryImport(Library)]
    public static partial int pp_soft_threshold(TensorHandle w, TensorHandle threshold, TensorHandle centre, double scale);
}
