using System.Globalization;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A theory that needs signals or limits of Unix, and says so where it cannot run.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    private const string Status = "/proc/self/status";

    public UnixTheoryAttribute() => Skip = Reason;

    public static string? Reason { get; } =
        !OperatingSystem.IsLinux() ? "It sends signals and sets limits as Linux has them."
        : IsInterruptIgnored() ? "SIGINT is ignored here (started in the background by a shell?), and programs inherit that."
        : null;

    private static bool IsInterruptIgnored()
    {
        string mask = File.ReadLines(Status).First(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0;
    }
}
