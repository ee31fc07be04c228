using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <content>Tensors.</content>
internal static partial class Shim
{
    [LibraryImport(Library)]
    public static partial void pp_tensor_delete(nint tensor);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_new(
        ReadOnlySpan<float> numbers, ReadOnlySpan<long> sizes, int rank, int kind, int device, int channelsLast);

    [LibraryImport(Library)]
    public static partial int pp_tensor_fill(TensorHandle tensor, ReadOnlySpan<float> numbers);

    [LibraryImport(Library)]
    public static partial int pp_tensor_read(TensorHandle tensor, Span<float> numbers);

    [LibraryImport(Library)]
    public static partial int pp_tensor_rank(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial void pp_tensor_sizes(TensorHandle tensor, Span<long> sizes);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_contiguous(TensorHandle tensor, int channelsLast);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_clone(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_alias(TensorHandle tensor);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_reshape(TensorHandle tensor, ReadOnlySpan<long> sizes, int rank);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_expand(TensorHandle tensor, ReadOnlySpan<long> sizes, int rank);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_permute(TensorHandle tensor, ReadOnlySpan<long> axes, int rank);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_tensor_narrow(TensorHandle tensor, long axis, long start, long length);
}
