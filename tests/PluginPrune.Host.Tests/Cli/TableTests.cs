namespace PluginPrune.Host.Tests.Cli;

/// <summary>Tables end where their text does: no blanks at the ends of lines, and a last line that is closed. So does JSON.</summary>
public sealed class TableTests : IDisposable
{
    private readonly Workplace _work = new() { Measures = true };

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect", "--verbose")]
    [InlineData("explain", "12")]
    [InlineData("bench", "--engine", "managed", "--runs", "2")]
    [InlineData("bench", "--engine", "managed", "--runs", "2", "--per-layer")]
    [InlineData("bench", "--engine", "managed", "--runs", "2", "--model", "o/sample.cfg", "--model", "o/sample.cfg")]
    [InlineData("eval", "--engine", "managed", "--data", "set")]
    [InlineData("data", "check", "--data", "synthetic", "--count", "2")]
    [InlineData("plan", "show", "o/plan.json")]
    [InlineData("plan", "diff", "o/plan.json", "p/plan.json")]
    [InlineData("plugin", "list")]
    [InlineData("prune", "--criterion", "slim", "--dry-run", "--verbose")]
    public void No_line_ends_in_blanks_and_the_last_one_ends(params string[] args)
    {
        YoloSet.Make(_work);
        PruneInto("o", "0.8", args);
        PruneInto("p", "0.5", args);

        if (args is not ["plugin", ..])
        {
            string json = _work.Run([.. args, "--json"]).ShouldSucceed().Output;
            json.Should().StartWith("{\n").And.EndWith("\n}\n");
        }

        string[] lines = _work.Run(args).ShouldSucceed().Output.Split('\n');

        lines.Should().HaveCountGreaterThan(2);
        lines.Should().OnlyContain(static line => line == line.TrimEnd());
        lines[^1].Should().BeEmpty();
        lines[^2].Should().NotBeEmpty();
        lines[0].Should().NotBeEmpty();
        Enumerable.Range(1, lines.Length - 1).Should().NotContain(i => lines[i].Length == 0 && lines[i - 1].Length == 0, "one empty line parts well enough");
    }

    private void PruneInto(string folder, string rate, string[] args)
    {
        if (args.Any(arg => arg.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            _work.Run("prune", "--criterion", "slim", "--global-percent", rate, "--no-measure", "--no-verify", "--quiet", "--out", folder).ShouldSucceed();
        }
    }
}
