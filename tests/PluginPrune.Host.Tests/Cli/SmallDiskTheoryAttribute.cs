using System.ComponentModel;
using System.Diagnostics;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A test that mounts a small file system for one process, where the system lets it.</summary>
internal sealed class SmallDiskTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<bool> IsAllowed = new(TryMount);

    public SmallDiskTheoryAttribute() => Skip =
        UnixTheoryAttribute.Reason ?? (IsAllowed.Value ? null : "This system lets nobody mount a file system of his own (unshare).");

    public static string[] Unshare { get; } = ["--user", "--map-root-user", "--mount"];

    private static bool TryMount()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("unshare", [.. Unshare, "mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", "/tmp"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
