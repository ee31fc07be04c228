using PluginPrune.Contracts.Engines;

namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>Compiles the bridge against a libtorch; about five seconds.</summary>
internal sealed class BridgeCompiler
{
    // Which of its two ABIs the library was built with shows in the name of its exception's constructor.
    private static ReadOnlySpan<byte> NewAbiSymbol => "_ZN3c105ErrorC2ENS_14SourceLocationENSt7__cxx1112basic_string"u8;

    private readonly LibtorchInstallation _libtorch;
    private readonly Func<string, string?> _environment;
    private readonly string _compiler;

    /// <exception cref="EngineUnavailableException">There is no compiler.</exception>
    public BridgeCompiler(LibtorchInstallation libtorch, Func<string, string?> environment)
    {
        _libtorch = libtorch;
        _environment = environment;
        _compiler = (environment("CXX") is { Length: > 0 } chosen ? Command.Find(chosen) : null)
            ?? Command.Find("g++")
            ?? Command.Find("c++")
            ?? Command.Find("clang++")
            ?? throw new EngineUnavailableException(
                $"The torch engine compiles a small bridge to libtorch ({libtorch.Root}) once, and no C++ compiler is in PATH: on Debian run 'apt-get install --no-install-recommends g++'.");
    }

    /// <summary>All that decides what comes out, beside the sources: what it is compiled with and against.</summary>
    public string Key => string.Join('\n', [_compiler, .. Arguments("in", "out", CudaHeaders()), .. _libtorch.KeyFiles.Select(Describe)]);

    /// <summary>Compiles sources that lie in a folder.</summary>
    /// <exception cref="EngineUnavailableException">It does not compile.</exception>
    public void Compile(string folder, string library)
    {
        string source = Path.Combine(folder, BridgeSources.Main);
        string? cuda = CudaHeaders();
        (int code, _, string error) = Command.Run(_compiler, Arguments(source, library, cuda));
        if (code != 0 && cuda is not null)
        {
            // CUDA's headers and libtorch may not fit each other; without them all but CUDA graphs works.
            (code, _, error) = Command.Run(_compiler, Arguments(source, library, cuda: null));
        }

        if (code != 0)
        {
            string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string reason = lines.FirstOrDefault(static line => line.Contains("error: ", StringComparison.Ordinal)) ?? lines.FirstOrDefault() ?? "it said nothing";
            throw new EngineUnavailableException($"The bridge to libtorch in {_libtorch.Root} does not compile with {_compiler}: {reason}");
        }
    }

    private static string Describe(string file)
    {
        // Packages hang their library behind links whose own times say nothing.
        FileSystemInfo target = File.ResolveLinkTarget(file, returnFinalTarget: true) ?? new FileInfo(file);
        return FormattableString.Invariant($"{target.FullName} {((FileInfo)target).Length} {target.LastWriteTimeUtc.Ticks}");
    }

    private List<string> Arguments(string source, string library, string? cuda)
    {
        List<string> arguments =
        [
            "-std=c++20", "-O2", "-w", "-Wfatal-errors", "-shared", "-fPIC", "-fvisibility=hidden",
            $"-D_GLIBCXX_USE_CXX11_ABI={(HasNewAbi() ? 1 : 0)}",
            "-I", _libtorch.Headers,
            "-I", Path.Combine(_libtorch.Headers, "torch", "csrc", "api", "include"),
        ];
        if (cuda is not null)
        {
            arguments.AddRange(["-DPP_CUDA", "-I", cuda]);
        }

        arguments.AddRange([source, "-o", library, "-L", _libtorch.Libraries, $"-Wl,-rpath,{_libtorch.Libraries}", "-Wl,--no-as-needed", "-ltorch_cpu", "-lc10"]);
        if (_libtorch.HasCuda)
        {
            // Nothing in it is called by name but graphs; loading it is what adds CUDA to libtorch.
            arguments.AddRange(["-ltorch_cuda", "-lc10_cuda"]);
        }

        return arguments;
    }

    private bool HasNewAbi() => File.ReadAllBytes(Path.Combine(_libtorch.Libraries, "libc10.so")).AsSpan().IndexOf(NewAbiSymbol) >= 0;

    private string? CudaHeaders()
    {
        if (!_libtorch.HasCuda)
        {
            return null;
        }

        string packages = Path.Combine(_libtorch.Root, "..", "nvidia");
        string[] ofPackages = Directory.Exists(packages) ? [.. Directory.GetDirectories(packages).Order(StringComparer.Ordinal)] : [];
        return new[] { _environment("CUDA_HOME") ?? string.Empty, "/usr/local/cuda" }
            .Concat(ofPackages)
            .Where(static root => root.Length > 0)
            .Select(static root => Path.Combine(root, "include"))
            .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "cuda_runtime_api.h")));
    }
}
