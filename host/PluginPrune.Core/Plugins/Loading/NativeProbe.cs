using System.Runtime.InteropServices;

namespace PluginPrune.Core.Plugins;

/// <summary>
/// Where a native library may lie in a plugin's folder. The resolver of the framework knows only what deps.json lists;
/// libraries that were copied as content are not in it.
/// </summary>
internal static class NativeProbe
{
    public static string? Find(string folder, string library)
    {
        foreach (string place in Places(folder))
        {
            foreach (string name in Names(library))
            {
                string path = Path.GetFullPath(Path.Combine(place, name));
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> Places(string folder)
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        yield return Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        yield return Path.Combine(folder, "runtimes", $"{system}-{architecture}", "native");
        yield return folder;
    }

    private static IEnumerable<string> Names(string library)
    {
        string suffix = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        yield return library;
        yield return library + suffix;
        yield return $"lib{library}{suffix}";
        yield return $"lib{library}";
    }
}
