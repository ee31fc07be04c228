namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>A libtorch to build against and to load.</summary>
/// <param name="Root">Its folder: that with 'include'.</param>
/// <param name="Libraries">The folder with libtorch_cpu.so.</param>
/// <param name="Headers">The folder with ATen/ATen.h.</param>
internal sealed record LibtorchInstallation(string Root, string Libraries, string Headers)
{
    private static readonly string[] KeyNames = ["libc10.so", "libtorch_cpu.so", "libtorch_cuda.so"];
    private static readonly string[] Folders = ["lib", "lib64", "lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu"];

    /// <summary>The library whose path is shown.</summary>
    public string MainLibrary => Path.Combine(Libraries, "libtorch_cpu.so");

    public bool HasCuda => File.Exists(Path.Combine(Libraries, "libtorch_cuda.so"));

    /// <summary>The libraries whose change asks for another bridge.</summary>
    public IEnumerable<string> KeyFiles =>
        KeyNames.Select(name => Path.Combine(Libraries, name)).Where(File.Exists);

    /// <summary>The installation in a folder, or null where it is none.</summary>
    public static LibtorchInstallation? In(string root)
    {
        string headers = Path.Combine(root, "include");
        if (!File.Exists(Path.Combine(headers, "ATen", "ATen.h")))
        {
            return null;
        }

        string? libraries = Folders
            .Select(folder => Path.Combine(root, folder))
            .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "libtorch_cpu.so")) && File.Exists(Path.Combine(folder, "libc10.so")));
        return libraries is null ? null : new LibtorchInstallation(root, libraries, headers);
    }
}
