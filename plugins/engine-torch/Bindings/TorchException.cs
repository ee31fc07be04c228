using System.Runtime.InteropServices;

namespace PluginPrune.EngineTorch.Bindings;

/// <summary>libtorch threw; the message is its own. TorchSharp throws the base type.</summary>
internal sealed class TorchException(string message) : ExternalException(message)
{
    /// <summary>Throws where a function answered 0.</summary>
    public static void Check(int answer)
    {
        if (answer == 0)
        {
            throw Last();
        }
    }

    /// <summary>Throws where a function gave no handle.</summary>
    public static T Check<T>(T handle)
        where T : SafeHandle
    {
        if (!handle.IsInvalid)
        {
            return handle;
        }

        handle.Dispose();
        throw Last();
    }

    private static Exception Last()
    {
        // What the allocators of the processor and of CUDA say.
        string message = Marshal.PtrToStringUTF8(Shim.pp_last_error()) ?? string.Empty;
        return message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase) || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            ? new InsufficientMemoryException($"libtorch: {message}")
            : new TorchException(message);
    }
}
