using System.Diagnostics;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

/// <summary>A host that is killed, or meets another, leaves no mixture and nothing that stops the next.</summary>
public sealed class KilledHostTests : IDisposable
{
    private const int Moments = 30;

    private static readonly string[] Models = ["plan.json", "sample.cfg", "sample.weights"];
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(700);

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [UnixFact]
    public void Killed_at_any_moment_it_leaves_no_half_file_and_no_mixture()
    {
        Dictionary<string, string>[] whole = [Whole("0.3"), Whole("0.7")];
        var random = new Random(20240607);
        int killed = 0;
        for (int moment = 0; moment < Moments; moment++)
        {
            killed += Kill(Start(moment % 2 == 0 ? "0.3" : "0.7"), Longest * random.NextDouble()) ? 1 : 0;

            Dictionary<string, string> left = Left();
            whole.Should().Contain(run => left.All(file => run[file.Key] == file.Value), "what is there is of one run and not cut off (moment {0})", moment);
        }

        killed.Should().BeGreaterThan(Moments / 3, "otherwise nothing was tried");
        Workplace.Finish(Start("0.3")).ShouldSucceed();
        Left().Should().BeEquivalentTo(whole[0]);
        Directory.GetFiles(_work["out"]).Select(Path.GetFileName).Should().BeEquivalentTo([.. Models, "report.json"], "the next one removes what the others left");
    }

    [UnixFact]
    public void Killed_before_it_had_given_names_it_does_not_stop_the_next()
    {
        var random = new Random(7);
        for (int moment = 0; moment < 5; moment++)
        {
            Kill(_work.Start(Line("0.3")), Longest * random.NextDouble());
            if (Directory.Exists(_work["out"]) && Left().Count > 0)
            {
                Directory.Delete(_work["out"], recursive: true);
            }
        }

        _work.Run(Line("0.3")).ShouldSucceed();

        Directory.GetFiles(_work["out"]).Should().HaveCount(4);
    }

    [UnixFact]
    public void Interrupted_at_any_moment_it_leaves_all_or_nothing()
    {
        var random = new Random(42);
        int stopped = 0;
        for (int moment = 0; moment < Moments; moment++)
        {
            Process process = _work.Start(Line("0.3"));
            Thread.Sleep(Longest * random.NextDouble());
            using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            {
                kill.WaitForExit();
            }

            if (Workplace.Finish(process).ExitCode == 0)
            {
                Directory.GetFiles(_work["out"]).Should().HaveCount(4);
                Directory.Delete(_work["out"], recursive: true);
                continue;
            }

            stopped++;
            _work.Entries.Should().BeEmpty();
        }

        stopped.Should().BeGreaterThan(Moments / 3, "otherwise nothing was tried");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_at_once_one_wins_whole(bool overwrites)
    {
        Dictionary<string, string>[] whole = [Whole("0.3"), Whole("0.7")];
        for (int round = 0; round < 5; round++)
        {
            string[] force = overwrites ? ["--force"] : [];
            Process[] both = [_work.Start([.. Line("0.3"), .. force]), _work.Start([.. Line("0.7"), .. force])];
            HostResult[] results = [.. both.Select(Workplace.Finish)];

            results.Should().Contain(static result => result.ExitCode == 0);
            foreach (HostResult loser in results.Where(static result => result.ExitCode != 0))
            {
                loser.ErrorLines.Should().ContainSingle().Which.Should().ContainAny("Another run is writing", "exists and is not overwritten");
            }

            Dictionary<string, string> left = Left();
            whole.Should().Contain(run => run.Count == left.Count && left.All(file => run[file.Key] == file.Value));
            Directory.GetFiles(_work["out"]).Should().HaveCount(4);
            Directory.Delete(_work["out"], recursive: true);
        }
    }

    private static string[] Line(string percent) => ["prune", "--criterion", "slim", "--global-percent", percent, "--no-verify", "--out", "out"];

    private static bool Kill(Process process, TimeSpan after)
    {
        bool ended = process.WaitForExit(after);
        process.Kill();
        Workplace.Finish(process);
        return !ended;
    }

    private Process Start(string percent) => _work.Start([.. Line(percent), "--force"]);

    /// <summary>The hashes of what a run writes; its report tells times, which differ.</summary>
    private Dictionary<string, string> Whole(string percent)
    {
        _work.Run(Line(percent)).ShouldSucceed();
        Dictionary<string, string> whole = Left();
        Directory.Delete(_work["out"], recursive: true);
        return whole;
    }

    private Dictionary<string, string> Left() => Directory.Exists(_work["out"])
        ? _work.Hashes("out").Where(static file => Models.Contains(file.Key)).ToDictionary(StringComparer.Ordinal)
        : [];
}
