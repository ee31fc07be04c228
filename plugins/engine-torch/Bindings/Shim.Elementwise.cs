using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <content>Functions of each element, and reductions.</content>
internal static partial class Shim
{
    [LibraryImport(Library)]
    public static partial int pp_relu_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_sigmoid_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_tanh_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_silu_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_mish_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_hardswish_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_hardsigmoid_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_exp_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_floor_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_leaky_relu_(TensorHandle tensor, double slope);

    [LibraryImport(Library)]
    public static partial int pp_elu_(TensorHandle tensor, double alpha, double scale);

    [LibraryImport(Library)]
    public static partial int pp_gelu_tanh_(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial int pp_clamp_(TensorHandle tensor, double low, double high);

    [LibraryImport(Library)]
    public static partial int pp_add_(TensorHandle tensor, TensorHandle other, double alpha);

    [LibraryImport(Library)]
    public static partial int pp_add_scalar_(TensorHandle tensor, double other);

    [LibraryImport(Library)]
    public static partial int pp_mul_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    public static partial int pp_mul_scalar_(TensorHandle tensor, double other);

    [LibraryImport(Library)]
    public static partial int pp_div_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_add(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_mul(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_sum(TensorHandle tensor, ReadOnlySpan<long> axes, int count);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_mean(TensorHandle tensor, ReadOnlySpan<long> axes, int count);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_amax(TensorHandle tensor, ReadOnlySpan<long> axes, int count);

    [LibraryImport(Library)]
    public static partial int pp_channel_statistic(TensorHandle tensor, int statistic, Span<double> numbers);
}
