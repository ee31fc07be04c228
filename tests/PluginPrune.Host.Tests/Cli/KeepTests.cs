using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>--keep: what prune leaves as it is, sensitivity does not measure, explain and inspect tell.</summary>
public sealed class KeepTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Where_nothing_may_go_the_warning_says_that_and_blames_no_criterion()
    {
        HostResult result = _work.Run("prune", "--criterion", "l1", "--keep", "*", "--no-measure", "--no-verify", "--dry-run").ShouldSucceed();

        result.Error.Should().Contain("Nothing goes: every channel is held by what must stay as it is, a head, an output, --keep or");
    }

    [Fact]
    public void Explain_tells_what_prune_would_do()
    {
        _work.Run("prune", "--criterion", "slim", "--keep", "16", "--no-measure", "--no-verify", "--out", "small").ShouldSucceed();

        string told = _work.Run("explain", "16", "--criterion", "slim", "--keep", "16").ShouldSucceed().Output;
        told.Should().Contain("Locked: 48 channels (0-47): layer 16 is to keep its channels").And.Contain("keeping 16");
        foreach (string layer in new[] { "16", "12", "3" })
        {
            string chosen = Explain(layer, "--criterion", "slim", "--keep", "16").GetProperty("plan").GetProperty("keptChannels").GetString()!;
            chosen.Should().Be(Explain(layer, "--plan", "small/plan.json").GetProperty("plan").GetProperty("keptChannels").GetString());
        }

        Explain("16", "--criterion", "slim").GetProperty("plan").GetProperty("keptChannels").GetString().Should().NotBe("0-47", "else nothing was kept that would have gone");
    }

    [Fact]
    public void Inspect_forecasts_what_prune_takes_and_tells_what_stays()
    {
        JsonElement inspected = _work.Run("inspect", "--keep", "16", "--json").ShouldSucceed().Json();
        long forecast = inspected.GetProperty("forecast").GetProperty("rates").EnumerateArray().Single(static row => row.GetProperty("rate").GetDouble() == 0.8).GetProperty("parameters").GetInt64();

        long left = _work.Run("prune", "--criterion", "slim", "--global-percent", "0.8", "--keep", "16", "--no-measure", "--no-verify", "--json", "--out", "small").ShouldSucceed().Json()
            .GetProperty("after").GetProperty("parameters").GetInt64();

        forecast.Should().Be(left);
        inspected.GetProperty("blocks").EnumerateArray().Where(static block => block.TryGetProperty("kept", out _)).Select(static block => block.GetProperty("layer").GetString()).Should().Equal("18");
        string told = _work.Run("inspect", "--keep", "16,1*").ShouldSucceed().Output;
        told.Should().Contain("is to keep its channels").And.Contain("Forecast for slim, --global-percent, keeping 16,1*, channels alone:").And.MatchRegex("Try: host prune .* --keep '16,1\\*'");
        told.Should().Contain("\n  8          6 7 ").And.NotContain("\n  18         16 17 ", "no block with a kept layer can be removed");
    }

    [Fact]
    public void Sensitivity_measures_nothing_of_them_and_keeps_its_results_apart()
    {
        string[] line = ["sensitivity", "--evaluator", "energy", "--quiet", "--rates", "0.5"];
        _work.Run(line).ShouldSucceed().Output.Should().NotContain("Not measured: 16.conv");

        HostResult result = _work.Run([.. line, "--keep", "16"]).ShouldSucceed();

        result.Output.Should().Contain("Not measured: 16.conv: locked: layer 16 is to keep its channels");
        _work.Entries.Should().Contain(["runs/sample-sensitivity-1/sensitivity.json", "runs/sample-sensitivity-2/sensitivity.json"]);
        _work.Run("prune", "--criterion", "slim", "--rates-from", "runs/sample-sensitivity-2/sensitivity.json", "--max-drop", "0.5", "--no-measure", "--no-verify", "--out", "small").ShouldSucceed();
        JsonDocument.Parse(File.ReadAllText(_work["small/plan.json"])).RootElement.GetProperty("groups").EnumerateArray()
            .Single(static group => group.GetProperty("group").GetString() == "16.conv").GetProperty("kept").GetString().Should().Be("0-47");
        _work.Run([.. line, "--keep", "16", "--groups", "16"]).ShouldFail(2, "error: Of these layers nothing can go: locked: layer 16 is to keep its channels.");
    }

    [Fact]
    public void What_cannot_be_kept_is_told()
    {
        _work.Run("explain", "16", "--criterion", "slim", "--keep", "160").ShouldFail(2, "error: 'sample' has no layer '160' that could keep its channels*");
        _work.Run("sensitivity", "--evaluator", "energy", "--keep", "160").ShouldFail(2, "error: 'sample' has no layer '160' that could keep its channels*");
        _work.Run("inspect", "--keep", "160").ShouldFail(2, "error: 'sample' has no layer '160' that could keep its channels*");
        _work.Run("inspect", "--keep", "16", "--plan", "plan.json").ShouldFail(2, "error: --plan shows a choice that was made, and --keep holds for one to come. Leave one of them.");
        _work.Run("explain", "16", "--keep", "16").ShouldFail(2, "error: --keep says what a criterion must leave, and none is named. Add --criterion slim, for instance.");
        _work.Run("explain", "16", "--keep", "16,,3", "--criterion", "slim").ShouldFail(2, "error: *'16,,3' has an empty place between its commas.*");
    }

    private JsonElement Explain(string layer, params string[] args) => _work.Run(["explain", layer, "--json", .. args]).ShouldSucceed().Json();
}
