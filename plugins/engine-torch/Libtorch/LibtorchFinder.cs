using PluginPrune.Contracts.Engines;

namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>Finds libtorch: what LIBTORCH names, else an installed Python package 'torch', else the system's.</summary>
internal sealed class LibtorchFinder(Func<string, string?> environment, Func<string?> findPythonPackage, IReadOnlyList<string> systemRoots)
{
    private const string Packages = "on Debian run 'apt-get install --no-install-recommends libtorch-dev libopenblas0 g++'";

    /// <summary>The finder that looks at this machine.</summary>
    public static LibtorchFinder OfMachine() => new(Environment.GetEnvironmentVariable, PythonPackage.FindTorch, ["/usr", "/usr/local"]);

    /// <exception cref="EngineUnavailableException">There is none.</exception>
    public LibtorchInstallation Find()
    {
        if (environment("LIBTORCH") is { Length: > 0 } named)
        {
            return LibtorchInstallation.In(Path.GetFullPath(named))
                ?? throw new EngineUnavailableException(
                    $"LIBTORCH names {named}, which holds no libtorch (include/ATen/ATen.h and lib/libtorch_cpu.so): name another, or unset it and {Packages}.");
        }

        if (findPythonPackage() is { } package && LibtorchInstallation.In(package) is { } ofPython)
        {
            return ofPython;
        }

        return systemRoots.Select(LibtorchInstallation.In).FirstOrDefault(static found => found is not null)
            ?? throw new EngineUnavailableException(
                $"The torch engine needs libtorch with its headers, and none was found (LIBTORCH, an installed Python package 'torch', the system's): {Packages}, or set LIBTORCH to the folder of one.");
    }
}
