using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

/// <summary>An input that must be refused: how it is made, and what the user must be told.</summary>
/// <param name="Name">What is wrong, in a word or two.</param>
/// <param name="ExitCode">What the host must end with.</param>
/// <param name="Words">All must stand in what it says on standard error.</param>
/// <param name="Prepare">Makes the files.</param>
internal sealed record BadCase(string Name, int ExitCode, string[] Words, Action<Workplace> Prepare)
{
    /// <summary>What follows `host`.</summary>
    public string[] Arguments { get; init; } = ["prune", "--criterion", "slim", "--no-verify", "--model", "net.cfg", "--out", "out"];

    /// <summary>A bash script that runs the host, which is "$0" "$@"; null to run it without one.</summary>
    public string? Shell { get; init; }

    /// <summary>Whether the work is done and only the telling of it fails.</summary>
    public bool IsWritten { get; init; }
}
