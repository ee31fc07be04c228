using System.Runtime.InteropServices;
using PluginPrune.Contracts.Engines;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>Sees to it that the functions of <see cref="Shim"/> can be called. A process has one libtorch, so this is static.</summary>
internal static class Bridge
{
    private static readonly Lock Turn = new();
    private static LibtorchInstallation? _loaded;

    /// <summary>Finds libtorch, builds the bridge where need be and loads both; later calls cost nothing.</summary>
    /// <exception cref="EngineUnavailableException">Something is missing.</exception>
    public static LibtorchInstallation Load()
    {
        lock (Turn)
        {
            return _loaded ??= LoadNow();
        }
    }

    private static LibtorchInstallation LoadNow()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new EngineUnavailableException("The torch engine builds and loads its bridge to libtorch as Linux does it; other systems are not supported yet.");
        }

        LibtorchInstallation libtorch = LibtorchFinder.OfMachine().Find();
        var compiler = new BridgeCompiler(libtorch, Environment.GetEnvironmentVariable);
        nint library = Load(libtorch, compiler);
        NativeLibrary.SetDllImportResolver(typeof(Shim).Assembly, (name, _, _) => name == Shim.Library ? library : 0);
        Shim.pp_memory_keep();
        return libtorch;
    }

    private static nint Load(LibtorchInstallation libtorch, BridgeCompiler compiler)
    {
        DirectoryInfo? temporary = null;
        try
        {
            // Where nothing can be kept, a loaded library may be deleted: its memory stays.
            BridgeCache cache = BridgeCache.OfUser() ?? new BridgeCache((temporary = Directory.CreateTempSubdirectory("pluginprune-torch-")).FullName);
            return NativeLibrary.Load(cache.Get(compiler));
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException)
        {
            throw new EngineUnavailableException($"libtorch in {libtorch.Root} was found and cannot be loaded: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }
}
