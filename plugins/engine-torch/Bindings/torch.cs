using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <summary>libtorch, called as TorchSharp is; what TorchSharp lacks has a name of our own.</summary>
internal static partial class torch
{
    public static string version => Marshal.PtrToStringUTF8(Shim.pp_version()) ?? string.Empty;

    /// <summary>How many tensors are held by handles, of this library alone.</summary>
    public static long LiveTensors => Shim.pp_live_tensors();

    /// <summary>Hands memory that was kept for tensors to come back to the system.</summary>
    public static void TrimMemory() => Shim.pp_memory_trim();

    /// <summary>Makes a tensor of numbers, row-major, which are copied.</summary>
    public static Tensor tensor(
        ReadOnlySpan<float> data, ReadOnlySpan<long> dimensions, ScalarType dtype, Device device, bool isChannelsLast = false) =>
        new(Shim.pp_tensor_new(data, dimensions, dimensions.Length, (int)dtype, device.Index, isChannelsLast ? 1 : 0));

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim)
    {
        Span<nint> handles = stackalloc nint[tensors.Length];
        for (int i = 0; i < handles.Length; i++)
        {
            handles[i] = tensors[i].Handle.DangerousGetHandle();
        }

        var joined = new Tensor(Shim.pp_cat(handles, handles.Length, dim));
        foreach (Tensor tensor in tensors)
        {
            GC.KeepAlive(tensor);
        }

        return joined;
    }

    public static Tensor bmm(Tensor batch1, Tensor batch2) => new(Shim.pp_bmm(batch1.Handle, batch2.Handle));

    /// <summary>For what the calling thread runs from now on.</summary>
    public static void set_num_threads(int num) => TorchException.Check(Shim.pp_set_num_threads(num));

    public static int get_num_threads() => Shim.pp_get_num_threads();

    public static DisposeScope NewDisposeScope() => new();

    /// <summary>No gradients until it is disposed of, on the same thread.</summary>
    public static IDisposable inference_mode() => new InferenceMode();

    /// <summary>Waits for all that a device was given to do.</summary>
    public static void synchronize(Device device) => TorchException.Check(Shim.pp_synchronize(device.Index));

    public static class cuda
    {
        public static int device_count() => Shim.pp_cuda_device_count();

        /// <summary>What TorchSharp and Python call backends.cudnn.benchmark.</summary>
        public static void TuneConvolutions() => TorchException.Check(Shim.pp_cuda_tune());
    }

    private sealed class InferenceMode : IDisposable
    {
        private readonly nint _guard = Shim.pp_inference_mode_new();

        public void Dispose() => Shim.pp_inference_mode_delete(_guard);
    }
}
