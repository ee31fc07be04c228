using PluginPrune.Contracts.Engines;
using PluginPrune.EngineTorch.Libtorch;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>Which libtorch is taken, and what is said where there is none.</summary>
public sealed class LibtorchFinderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-libtorch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_LIBTORCH_names_comes_first_then_the_Python_package_then_the_system()
    {
        string named = Installation("named", "lib");
        string package = Installation("package", "lib");
        string system = Installation("system", "lib/x86_64-linux-gnu");

        Finder(named, package, system).Find().Root.Should().Be(named);
        Finder(null, package, system).Find().Root.Should().Be(package);
        Finder(null, null, system).Find().Libraries.Should().Be(Path.Combine(system, "lib/x86_64-linux-gnu"));
    }

    [Fact]
    public void A_Python_package_without_headers_is_passed_over()
    {
        string package = Directory.CreateDirectory(Path.Combine(_folder, "package")).FullName;
        string system = Installation("system", "lib");

        Finder(null, package, system).Find().Root.Should().Be(system);
    }

    [Fact]
    public void An_empty_folder_in_LIBTORCH_is_an_error_though_the_system_has_one()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;

        FluentActions.Invoking(() => Finder(empty, null, Installation("system", "lib")).Find()).Should().Throw<EngineUnavailableException>()
            .WithMessage($"LIBTORCH names {empty}, which holds no libtorch*unset it*libtorch-dev libopenblas0 g++*");
    }

    [Fact]
    public void Where_there_is_none_one_sentence_names_the_packages()
    {
        FluentActions.Invoking(() => Finder(null, null, _folder).Find()).Should().Throw<EngineUnavailableException>()
            .Which.Message.Should().Contain("apt-get install --no-install-recommends libtorch-dev libopenblas0 g++").And.NotContain("\n")
            .And.MatchRegex(@"^[^.]+(\.[^ ]+|\.\.\.)*[^.]*\.$", "it is one sentence");
    }

    [Fact]
    public void What_does_not_compile_is_told_with_the_compiler_and_its_first_error()
    {
        string root = Installation("broken", "lib");
        var compiler = new BridgeCompiler(LibtorchInstallation.In(root)!, static _ => null);

        FluentActions.Invoking(() => new BridgeCache(Path.Combine(_folder)).Get(compiler)).Should().Throw<EngineUnavailableException>()
            .WithMessage($"The bridge to libtorch in {root} does not compile with *: *error: *");
        Directory.GetFiles(_folder).Should().OnlyContain(static file => file.EndsWith(".lock", StringComparison.Ordinal), "nothing unfinished is left");
    }

    private static LibtorchFinder Finder(string? named, string? package, string system) =>
        new(name => name == "LIBTORCH" ? named : null, () => package, [system]);

    private string Installation(string name, string libraries)
    {
        string root = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.Combine(root, "include", "ATen"));
        Directory.CreateDirectory(Path.Combine(root, libraries));
        File.WriteAllText(Path.Combine(root, "include", "ATen", "ATen.h"), "#error not a real one\n");
        File.WriteAllText(Path.Combine(root, libraries, "libc10.so"), "c10");
        File.WriteAllText(Path.Combine(root, libraries, "libtorch_cpu.so"), "cpu");
        return root;
    }
}
