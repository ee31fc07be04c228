using System.Diagnostics;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

/// <summary>
/// What must be refused, as a table: one clear message, the right exit code, nothing half-written, nothing overwritten, in little
/// time and memory. Each case is a process of the real host.
/// </summary>
public abstract class BadInputTests : IDisposable
{
    // Twice what a run of the sample takes and far less than any of the claims.
    private const string Memory = "0x10000000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Workplace _work = new();

    public void Dispose()
    {
        _work.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static TheoryData<string> NamesOf(IEnumerable<BadCase> cases) => new(cases.Select(static bad => bad.Name));

    internal void Check(IEnumerable<BadCase> cases, string name)
    {
        BadCase bad = cases.Single(bad => bad.Name == name);
        bad.Prepare(_work);
        string[] before = Snapshot();
        _work.Environment["DOTNET_GCHeapHardLimit"] = Memory;

        // The runtime maps its code through a file above the limits that some cases set.
        _work.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        long start = Stopwatch.GetTimestamp();
        HostResult result = Workplace.Finish(bad.Shell is null
            ? _work.Start(bad.Arguments)
            : _work.StartProgram("bash", ["-c", bad.Shell, HostInstallation.Dotnet, HostInstallation.Program, .. bad.Arguments]));
        TimeSpan time = Stopwatch.GetElapsedTime(start);

        result.ExitCode.Should().Be(bad.ExitCode, "it ended with {0}", result);
        result.Output.Should().BeEmpty();
        result.ErrorLines.Should().NotBeEmpty();
        result.Error.TrimEnd('\n').Should().StartWith("error: ", "one block is all that is said").And.NotContain("fault of the program").And.NotContain("   at ");
        foreach (string word in bad.Words)
        {
            result.Error.Should().Contain(word);
        }

        if (bad.IsWritten)
        {
            Directory.GetFiles(_work["out"]).Should().HaveCount(4);
            Directory.Delete(_work["out"], recursive: true);
        }

        Snapshot().Should().Equal(before, "nothing is written and nothing is touched");
        time.Should().BeLessThan(Patience);
    }

    /// <summary>Names, and contents as far as they are short.</summary>
    private string[] Snapshot() =>
    [
        .. _work.Entries.Select(entry =>
        {
            var file = new FileInfo(_work[entry]);
            return file is { Exists: true, Length: < 4 << 20 } ? $"{entry} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.FullName)))}" : entry;
        }),
    ];
}
