using System.Runtime.InteropServices;

namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>
/// The functions of the library that are needed, by their places in its table. Places never change: later versions append.
/// Functions that return a status return 0 where all is well.
/// </summary>
/// <param name="table">The library's OrtApi.</param>
internal readonly unsafe struct OrtApi(nint* table)
{
    /// <summary>The version of the table in which the last of them appeared.</summary>
    public const uint Version = 8;

    /// <summary>char* (status).</summary>
    public delegate* unmanaged<nint, byte*> GetErrorMessage => (delegate* unmanaged<nint, byte*>)table[2];

    /// <summary>status (severity, id, out environment).</summary>
    public delegate* unmanaged<int, byte*, nint*, nint> CreateEnv => (delegate* unmanaged<int, byte*, nint*, nint>)table[3];

    /// <summary>status (environment, bytes, length, options, out session).</summary>
    public delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint> CreateSessionFromArray =>
        (delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)table[8];

    /// <summary>status (session, run options, input names, inputs, count, output names, count, in and out outputs).</summary>
    public delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint> Run =>
        (delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)table[9];

    /// <summary>status (out options).</summary>
    public delegate* unmanaged<nint*, nint> CreateSessionOptions => (delegate* unmanaged<nint*, nint>)table[10];

    /// <summary>status (options, level).</summary>
    public delegate* unmanaged<nint, int, nint> SetSessionGraphOptimizationLevel => (delegate* unmanaged<nint, int, nint>)table[23];

    /// <summary>status (options, threads).</summary>
    public delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads => (delegate* unmanaged<nint, int, nint>)table[24];

    /// <summary>status (out run options).</summary>
    public delegate* unmanaged<nint*, nint> CreateRunOptions => (delegate* unmanaged<nint*, nint>)table[39];

    /// <summary>status (run options).</summary>
    public delegate* unmanaged<nint, nint> RunOptionsSetTerminate => (delegate* unmanaged<nint, nint>)table[46];

    /// <summary>status (memory, data, bytes, extents, count, element type, out value).</summary>
    public delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue =>
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)table[49];

    /// <summary>status (allocator type, memory type, out memory).</summary>
    public delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo => (delegate* unmanaged<int, int, nint*, nint>)table[69];

    public delegate* unmanaged<nint, void> ReleaseEnv => (delegate* unmanaged<nint, void>)table[92];

    public delegate* unmanaged<nint, void> ReleaseStatus => (delegate* unmanaged<nint, void>)table[93];

    public delegate* unmanaged<nint, void> ReleaseMemoryInfo => (delegate* unmanaged<nint, void>)table[94];

    public delegate* unmanaged<nint, void> ReleaseSession => (delegate* unmanaged<nint, void>)table[95];

    public delegate* unmanaged<nint, void> ReleaseValue => (delegate* unmanaged<nint, void>)table[96];

    public delegate* unmanaged<nint, void> ReleaseRunOptions => (delegate* unmanaged<nint, void>)table[97];

    public delegate* unmanaged<nint, void> ReleaseSessionOptions => (delegate* unmanaged<nint, void>)table[100];

    /// <summary>Turns a status into an exception with the library's message.</summary>
    /// <exception cref="InsufficientMemoryException">There is no memory left.</exception>
    /// <exception cref="OrtException">Anything else went wrong.</exception>
    public void Check(nint status)
    {
        if (status != 0)
        {
            string message = Marshal.PtrToStringUTF8((nint)GetErrorMessage(status)) ?? "no message";
            ReleaseStatus(status);
            throw message.Contains("Failed to allocate memory", StringComparison.Ordinal)
                ? new InsufficientMemoryException($"ONNX Runtime: {message}")
                : new OrtException(message);
        }
    }
}
