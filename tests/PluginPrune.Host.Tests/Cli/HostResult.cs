using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>How a process of the host ended.</summary>
/// <param name="ExitCode">128 + n where signal n killed it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record HostResult(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => [.. Lines.Where(static line => line.StartsWith("error:", StringComparison.Ordinal))];

    public string[] Lines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonElement Json()
    {
        using JsonDocument json = JsonDocument.Parse(Output);
        return json.RootElement.Clone();
    }

    /// <summary>It did what was asked, and complained of nothing but what a warning may tell.</summary>
    public HostResult ShouldSucceed()
    {
        ExitCode.Should().Be(0, "it ended with {0}", this);
        ErrorLines.Should().BeEmpty();
        return this;
    }

    /// <summary>It refused: one line that begins with 'error:', no result, no trace of a stack.</summary>
    public HostResult ShouldFail(int exitCode, string pattern = "error: *")
    {
        ExitCode.Should().Be(exitCode, "it ended with {0}", this);
        Output.Should().BeEmpty();
        ErrorLines.Should().ContainSingle().Which.Should().Match(pattern);
        Error.Should().NotContain("fault of the program").And.NotContain("   at ");
        return this;
    }
}
