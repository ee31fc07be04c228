using System.Diagnostics;

namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>Where a library that the system found lies.</summary>
internal static class LoadedModules
{
    /// <summary>The full path of a loaded file whose name begins with a library's, or null.</summary>
    public static string? PathOf(string name)
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(static module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }
}
