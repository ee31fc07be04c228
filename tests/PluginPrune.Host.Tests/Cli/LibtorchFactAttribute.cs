namespace PluginPrune.Host.Tests.Cli;

/// <summary>A test that needs the system's libtorch and a compiler; skipped, and counted as such, where they are not installed.</summary>
internal sealed class LibtorchFactAttribute : FactAttribute
{
    public LibtorchFactAttribute() => Skip = Reason;

    public static bool IsThere => File.Exists("/usr/include/ATen/ATen.h") && File.Exists("/usr/bin/g++");

    /// <summary>Why it is skipped; null where it is not.</summary>
    public static string? Reason => IsThere ? null : "libtorch-dev and g++ are not installed.";
}
