using System.Runtime.InteropServices;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>
/// Finds ONNX Runtime: where ORT_HOME says, else as the system finds it, else in the npm package onnxruntime-node below the
/// user's cache folder.
/// </summary>
internal static class LibraryFinder
{
    private const string HomeVariable = "ORT_HOME";

    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["onnxruntime.dll"]
        : OperatingSystem.IsMacOS() ? ["libonnxruntime.dylib"] : ["libonnxruntime.so.1", "libonnxruntime.so"];

    /// <exception cref="EngineUnavailableException">It is nowhere, or cannot be loaded.</exception>
    public static (nint Library, string? Path) Load()
    {
        if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home)
        {
            string file = Find(home) ?? throw new EngineUnavailableException(
                $"{HomeVariable} names {home}, where there is no {string.Join(" or ", Names)}; let it name the library or the folder that holds it.");
            return (LoadFile(file), file);
        }

        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return (library, LoadedModules.PathOf(name));
            }
        }

        string package = Path.Combine(CacheFolder(), "pluginprune", "npm", "node_modules", "onnxruntime-node");
        return Find(package) is { } found
            ? (LoadFile(found), found)
            : throw new EngineUnavailableException(
                $"ONNX Runtime is not installed; let {HomeVariable} name its folder, or run: npm install --ignore-scripts --prefix {Path.GetDirectoryName(Path.GetDirectoryName(package))} onnxruntime-node");
    }

    // A file; else the folder itself, that of a release (lib), or that of the npm package (bin/napi-v6/linux/x64).
    private static string? Find(string place)
    {
        if (File.Exists(place))
        {
            return Path.GetFullPath(place);
        }

        string system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        string processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string bin = Path.Combine(place, "bin");
        IEnumerable<string> packaged = Directory.Exists(bin)
            ? Directory.EnumerateDirectories(bin, "napi-v*").OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, system, processor))
            : [];
        return new[] { place, Path.Combine(place, "lib") }.Concat(packaged)
            .SelectMany(static folder => Names.Select(name => Path.Combine(folder, name)))
            .Where(File.Exists)
            .Select(Path.GetFullPath)
            .FirstOrDefault();
    }

    private static nint LoadFile(string file)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new EngineUnavailableException($"{file} cannot be loaded: {error.Message}", error);
        }
    }

    private static string CacheFolder()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder))
        {
            return folder;
        }

        // Not verified: a folder that is not there must not become the current one.
        return OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");
    }
}
