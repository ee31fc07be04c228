using System.Runtime.InteropServices;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>The host as a user has it: the program, its sample, and the built-in plugins in `plugins` beside it. Put together once.</summary>
internal static class HostInstallation
{
    private static readonly Lazy<string> Made = new(Make);

    public static string Folder => Made.Value;

    public static string Program => Path.Combine(Folder, "host.dll");

    public static string SampleCfg => Path.Combine(Folder, "cfg", "sample.cfg");

    public static string SampleWeights => Path.Combine(Folder, "cfg", "sample.weights");

    /// <summary>The dotnet that runs these tests.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static string BuiltIn(string name) => Path.Combine(AppContext.BaseDirectory, "builtins", "PluginPrune." + name);

    /// <summary>Copies a folder with everything below it.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Make()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "cli", Path.GetRandomFileName());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Copy(Path.Combine(AppContext.BaseDirectory, "installation"), folder);
        Copy(Path.Combine(AppContext.BaseDirectory, "builtins"), Path.Combine(folder, "plugins"));
        return folder;
    }
}
