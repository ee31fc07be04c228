using PluginPrune.Contracts.Engines;

namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>Finds libtorch: what LIBTORCH names, else an installed Python package 'torch', else the system's.</summary>
internal sealed class LibtorchFinder(Func<string, string?> environment, Func<string?> findPythonPackage, IReadOnlyList<string> systemRoots)
{
    public const string Remedy =
        "on Debian run 'apt-get install --no-install-recommends libtorch-dev libopenblas0 g++', or set LIBTORCH to the folder of a libtorch";

    /// <summary>The finder that looks at this machine.</summary>
    public static LibtorchFinder OfMachine() => new(Environment.GetEnvironmentVariable, PythonPackage.FindTorch, ["/usr", "/usr/local"]);

    /// <exception cref="EngineUnavailableException">There is none.</exception>
    public LibtorchInstallation Find()
    {
        if (environment("LIBTORCH") is { Length: > 0 } named)
        {
            return LibtorchInstallation.In(Path.GetFullPath(named))
                ?? throw new EngineUnavailableException(
                    $"LIBTORCH names {named}, which holds no libtorch (include/ATen/ATen.h and lib/libtorch_cpu.so): correct it, or unset it and {Remedy}.");
        }

        if (findPythonPackage() is { } package && LibtorchInstallation.In(package) is { } ofPython)
        {
            return ofPython;
        }

        return systemRoots.Select(LibtorchInstallation.In).FirstOrDefault(static found => found is not null)
            ?? throw new EngineUnavailableException(
                $"The torch engine needs libtorch with its headers, and none was found (LIBTORCH, an installed Python package 'torch', the system's): {Remedy}.");
    }
}
