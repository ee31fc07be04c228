using System.Diagnostics;
using System.Globalization;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>A theory that compiles a library in C, and says so where it cannot.</summary>
internal sealed class GccTheoryAttribute : TheoryAttribute
{
    private static readonly string? Missing = !OperatingSystem.IsLinux() ? "It compiles and calls a .so, as Linux has them."
        : !(Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "gcc"))) ? "There is no gcc on the PATH."
        : null;

    public GccTheoryAttribute() => Skip = Missing;

    /// <summary>Makes a shared library of a source.</summary>
    public static void Compile(string source, string library, int answer)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        using Process gcc = Process.Start("gcc", ["-shared", "-fPIC", string.Create(CultureInfo.InvariantCulture, $"-DANSWER={answer}"), "-o", library, source]);
        gcc.WaitForExit();
        gcc.ExitCode.Should().Be(0);
    }
}
