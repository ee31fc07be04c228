using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <summary>
/// The functions of the bridge, see native/. Those that give a handle give an invalid one where libtorch threw, those that
/// give an int 0; <see cref="TorchException.Check(int)"/> turns that into an exception.
/// </summary>
internal static partial class Shim
{
    public const string Library = "pluginprune-torch";

    [LibraryImport(Library)]
    public static partial nint pp_last_error();

    [LibraryImport(Library)]
    public static partial long pp_live_tensors();

    [LibraryImport(Library)]
    public static partial nint pp_version();

    [LibraryImport(Library)]
    public static partial nint pp_configuration();

    [LibraryImport(Library)]
    public static partial int pp_set_num_threads(int count);

    [LibraryImport(Library)]
    public static partial int pp_get_num_threads();

    [LibraryImport(Library)]
    public static partial int pp_cuda_device_count();

    [LibraryImport(Library)]
    public static partial int pp_cuda_tune();

    [LibraryImport(Library)]
    public static partial int pp_synchronize(int device);

    [LibraryImport(Library)]
    public static partial void pp_memory_keep();

    [LibraryImport(Library)]
    public static partial void pp_memory_trim();

    [LibraryImport(Library)]
    public static partial nint pp_inference_mode_new();

    [LibraryImport(Library)]
    public static partial void pp_inference_mode_delete(nint guard);

    [LibraryImport(Library)]
    public static partial int pp_packed_fuses(int activation);

    [LibraryImport(Library)]
    public static partial PackedHandle pp_packed_new(
        TensorHandle weight,
        TensorHandle bias,
        ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding,
        ReadOnlySpan<long> dilation,
        long groups,
        ReadOnlySpan<long> input,
        int activation,
        double slope);

    [LibraryImport(Library)]
    public static partial void pp_packed_delete(nint packed);

    [LibraryImport(Library)]
    public static partial TensorHandle pp_packed_run(PackedHandle packed, TensorHandle input);

    [LibraryImport(Library)]
    public static partial int pp_graph_supported();

    [LibraryImport(Library)]
    public static partial GraphHandle pp_graph_new(int device);

    [LibraryImport(Library)]
    public static partial int pp_graph_warm(GraphHandle graph);

    [LibraryImport(Library)]
    public static partial int pp_graph_begin(GraphHandle graph);

    [LibraryImport(Library)]
    public static partial int pp_graph_end(GraphHandle graph, int isRecording);

    [LibraryImport(Library)]
    public static partial int pp_graph_replay(GraphHandle graph);

    [LibraryImport(Library)]
    public static partial void pp_graph_delete(nint graph);
}
