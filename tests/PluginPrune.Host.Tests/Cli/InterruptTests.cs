using System.Diagnostics;
using System.Globalization;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A run that is stopped leaves everything or nothing, whenever it is stopped and by whom.</summary>
public sealed class InterruptTests : IDisposable
{
    private const int Interrupted = 130;

    private static readonly string[] Whole = ["small/", "small/plan.json", "small/report.json", "small/tiny.cfg", "small/tiny.weights"];

    private readonly Workplace _work = new();
    private readonly string _models;

    public InterruptTests()
    {
        // 8.9 million weights: the run takes seconds, so that there is something to interrupt.
        _models = Directory.CreateDirectory(Path.Combine(_work.Data, "models")).FullName;
        string cfg = Path.Combine(_models, "tiny.cfg");
        File.WriteAllText(cfg, YoloCfg.V3Tiny());
        SyntheticWeights.Write(cfg, Path.Combine(_models, "tiny.weights"));
    }

    public void Dispose() => _work.Dispose();

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void At_any_moment_it_is_all_or_nothing(string signal)
    {
        int stopped = 0;
        foreach (int milliseconds in new[] { 60, 100, 150, 220, 300, 450, 700, 1000 })
        {
            string[] before = _work.Entries;
            Process process = Start("--criterion", "slim");
            Thread.Sleep(milliseconds);
            Send(signal, process);

            Check(Workplace.Finish(process), before, ref stopped);
        }

        stopped.Should().BeGreaterThan(2, "otherwise nothing was tried");
    }

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void In_the_midst_of_writing_it_is_all_or_nothing(string signal)
    {
        int stopped = 0;
        for (int turn = 0; turn < 4; turn++)
        {
            string[] before = _work.Entries;
            Process process = Start("--criterion", "none", "--no-verify");
            int turns = turn; // One file is the lock, the next is the cfg, then come the weights.
            SpinWait.SpinUntil(() => process.HasExited || Temporaries().Length > 1 + (turns / 2), TimeSpan.FromSeconds(30)).Should().BeTrue();
            Send(signal, process);

            Check(Workplace.Finish(process), before, ref stopped);
        }
    }

    [UnixFact]
    public void Files_that_are_to_be_replaced_stay_as_they_were()
    {
        Directory.CreateDirectory(_work["small"]);
        foreach (string file in Whole[1..])
        {
            _work.Write(file, "mine");
        }

        Process process = Start("--criterion", "slim", "--force");
        SpinWait.SpinUntil(() => process.HasExited, TimeSpan.FromMilliseconds(300));
        Send("INT", process);

        Workplace.Finish(process).ShouldFail(Interrupted, "error: Interrupted. Nothing was written.");
        _work.Entries.Should().Equal(Whole);
        Whole[1..].Should().OnlyContain(file => File.ReadAllText(_work[file]) == "mine");
    }

    [UnixFact]
    public void The_folder_that_was_made_up_for_it_goes_too()
    {
        Process process = _work.Start("prune", "--criterion", "slim", "--model", Path.Combine(_models, "tiny.cfg"));
        SpinWait.SpinUntil(() => Directory.Exists(_work["runs"]), TimeSpan.FromSeconds(30)).Should().BeTrue();
        Send("INT", process);

        Workplace.Finish(process).ShouldFail(Interrupted, "error: Interrupted. Nothing was written.");
        _work.Entries.Should().BeEmpty();
    }

    [UnixFact]
    public void It_ends_soon_after_it_was_asked_to()
    {
        Process process = Start("--criterion", "slim");

        // The folder is made first of all: from here on there is work to interrupt, however quick the machine.
        SpinWait.SpinUntil(() => Directory.Exists(_work["small"]), TimeSpan.FromSeconds(30)).Should().BeTrue();
        long asked = Stopwatch.GetTimestamp();
        Send("INT", process);

        Workplace.Finish(process).ExitCode.Should().Be(Interrupted);
        Stopwatch.GetElapsedTime(asked).Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [UnixFact]
    public void A_caller_that_ignores_hang_ups_is_not_interrupted_by_one()
    {
        Process process = _work.StartProgram("nohup", [HostInstallation.Dotnet, HostInstallation.Program, "prune", "--criterion", "slim", "--out", "small"]);
        SpinWait.SpinUntil(() => Directory.Exists(_work["small"]), TimeSpan.FromSeconds(30)).Should().BeTrue();
        Send("HUP", process);

        Workplace.Finish(process).ExitCode.Should().Be(0);
    }

    private static void Send(string signal, Process process)
    {
        using Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private Process Start(params string[] what) =>
        _work.Start(["prune", "--model", Path.Combine(_models, "tiny.cfg"), "--out", "small", .. what]);

    private string[] Temporaries() => Directory.Exists(_work["small"]) ? Directory.GetFiles(_work["small"]) : [];

    /// <summary>Takes what was finished away again, for the next turn.</summary>
    private void Check(HostResult result, string[] before, ref int stopped)
    {
        if (result.ExitCode == 0)
        {
            _work.Entries.Should().Equal(Whole);
            _work.Run("prune", "--criterion", "none", "--model", "small/tiny.cfg", "--dry-run", "--no-verify").ShouldSucceed();
            Directory.Delete(_work["small"], recursive: true);
            return;
        }

        stopped++;
        _work.Entries.Should().Equal(before, "it ended with {0}", result);

        // So early that the host was not there yet, the signal itself ends the process.
        if (result.ExitCode is not (128 + 1 or 128 + 15) && result is not { ExitCode: Interrupted, Error: "" })
        {
            result.ShouldFail(Interrupted, "error: Interrupted. Nothing was written.");
        }
    }
}
