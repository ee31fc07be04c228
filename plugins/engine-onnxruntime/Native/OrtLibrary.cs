using System.Runtime.InteropServices;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>The library, loaded, with its environment. It stays loaded until the process ends, as it wants to.</summary>
#pragma warning disable CA1001 // Its handles free themselves when the last executable is gone: an engine has no end of its own.
internal sealed unsafe class OrtLibrary
#pragma warning restore CA1001
{
    private const int FatalAlone = 4;
    private const int AllOptimizations = 99;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;
    private const int Float = 1;

    private readonly OrtApi _api;
    private readonly OrtHandle _environment;
    private readonly OrtHandle _memory;

    private OrtLibrary(OrtApi api, string version, string? path)
    {
        _api = api;
        Version = version;
        Path = path;
        _environment = CreateEnvironment();
        nint memory;
        api.Check(api.CreateCpuMemoryInfo(ArenaAllocator, DefaultMemory, &memory));
        _memory = new OrtHandle(memory, api.ReleaseMemoryInfo);
    }

    /// <summary>For instance '1.30.0'.</summary>
    public string Version { get; }

    /// <summary>The full path of the file, or null where the system does not tell.</summary>
    public string? Path { get; }

    /// <summary>Finds and loads the library.</summary>
    /// <exception cref="EngineUnavailableException">It is nowhere, or too old.</exception>
    public static OrtLibrary Load()
    {
        (nint library, string? path) = LibraryFinder.Load();
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint export))
        {
            throw new EngineUnavailableException($"{path ?? "The ONNX Runtime of the system"} is no ONNX Runtime: it has no function OrtGetApiBase.");
        }

        // OrtApiBase: a function that gives the table of a version, and one that names the library's.
        nint* start = ((delegate* unmanaged<nint*>)export)();
        nint* table = ((delegate* unmanaged<uint, nint*>)start[0])(OrtApi.Version);
        string version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)start[1])()) ?? "of unknown version";
        return table is null
            ? throw new EngineUnavailableException($"ONNX Runtime {version} ({path}) is too old; 1.{OrtApi.Version} or later is needed.")
            : new OrtLibrary(new OrtApi(table), version, path);
    }

    /// <summary>Makes a session of a model.</summary>
    /// <param name="model">An ONNX file.</param>
    /// <param name="threads">How many threads compute at once.</param>
    /// <exception cref="OrtException">The library does not take it.</exception>
    public OrtHandle CreateSession(ReadOnlySpan<byte> model, int threads)
    {
        nint pointer;
        _api.Check(_api.CreateSessionOptions(&pointer));
        using var options = new OrtHandle(pointer, _api.ReleaseSessionOptions);
        _api.Check(_api.SetIntraOpNumThreads(options.Pointer, threads));
        _api.Check(_api.SetSessionGraphOptimizationLevel(options.Pointer, AllOptimizations));
        fixed (byte* bytes = model)
        {
            nint session;
            _api.Check(_api.CreateSessionFromArray(_environment.Pointer, bytes, (nuint)model.Length, options.Pointer, &session));
            return new OrtHandle(session, _api.ReleaseSession, _environment);
        }
    }

    /// <summary>Runs a session.</summary>
    /// <exception cref="OrtException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the library leaves off in the middle.</exception>
    public void Run(
        OrtHandle session,
        (NativeNames Names, OrtValues Values) inputs,
        (NativeNames Names, OrtValues Values) outputs,
        CancellationToken cancellationToken)
    {
        nint pointer;
        _api.Check(_api.CreateRunOptions(&pointer));
        using var options = new OrtHandle(pointer, _api.ReleaseRunOptions);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static state => ((Action)state!)(), (Action)(() => _api.Check(_api.RunOptionsSetTerminate(options.Pointer))));
        fixed (nint* given = inputs.Values.Pointers, wanted = outputs.Values.Pointers)
        {
            nint status = _api.Run(
                session.Pointer, options.Pointer, inputs.Names.Pointers, given, (nuint)inputs.Names.Count, outputs.Names.Pointers, (nuint)outputs.Names.Count, wanted);
            GC.KeepAlive(inputs.Names);
            GC.KeepAlive(outputs.Names);
            try
            {
                _api.Check(status);
            }
            catch (OrtException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
    }

    /// <summary>A tensor over memory that somebody else keeps in place.</summary>
    public nint CreateTensor(float* elements, int count, ReadOnlySpan<long> extents)
    {
        fixed (long* pointer = extents)
        {
            nint value;
            _api.Check(_api.CreateTensorWithDataAsOrtValue(
                _memory.Pointer, elements, (nuint)count * sizeof(float), pointer, (nuint)extents.Length, Float, &value));
            return value;
        }
    }

    public void ReleaseValue(nint value) => _api.ReleaseValue(value);

    private OrtHandle CreateEnvironment()
    {
        fixed (byte* name = "pluginprune\0"u8)
        {
            nint environment;
            _api.Check(_api.CreateEnv(FatalAlone, name, &environment));
            return new OrtHandle(environment, _api.ReleaseEnv);
        }
    }
}
