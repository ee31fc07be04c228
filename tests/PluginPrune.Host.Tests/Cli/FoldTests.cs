using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host prune --fold`: the same cut, with what dropped channels contributed moved, carried or lost.</summary>
public sealed class FoldTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Each_mode_says_what_is_left_of_the_dropped_channels()
    {
        double none = Border(Prune("none", "--criterion", "slim"));
        JsonElement standard = Prune("standard", "--criterion", "slim");
        JsonElement exact = Prune("exact", "--criterion", "slim");

        none.Should().BeGreaterThan(Border(standard));
        Border(standard).Should().BeGreaterThan(1e-3, "the sample has layers that see zero padding");
        Border(exact).Should().BeLessThan(1e-5);
        exact.GetProperty("folding").GetProperty("constantChannels").GetInt32().Should().BePositive();
        exact.GetProperty("after").GetProperty("parameters").GetInt32().Should().Be(
            standard.GetProperty("after").GetProperty("parameters").GetInt32() + exact.GetProperty("folding").GetProperty("parameters").GetInt32());
        Math.Abs(exact.GetProperty("scoreEnergyRemoved").GetDouble() - standard.GetProperty("scoreEnergyRemoved").GetDouble())
            .Should().BeLessThan(1e-12, "constant channels pass nothing on");
    }

    [Theory]
    [InlineData("--criterion", "normal", "--percent", "0.9")]
    [InlineData("--criterion", "shortcut", "--scope", "scripts")]
    [InlineData("--criterion", "slim", "--blocks", "2")]
    [InlineData("--criterion", "slim", "--coupling", "mean", "--round-to", "8")]
    [InlineData("--criterion", "slim", "--to-flops", "30%")]
    public void Exact_folding_is_exact_however_channels_are_chosen(params string[] what) =>
        Border(Prune("exact", what)).Should().BeLessThan(1e-5);

    [Fact]
    public void A_budget_counts_constant_channels()
    {
        JsonElement report = Prune("exact", "--criterion", "slim", "--to-params", "150k");

        report.GetProperty("after").GetProperty("parameters").GetInt32().Should().BeInRange(140_000, 150_000);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("exact")]
    public void A_plan_folds_again_as_it_did(string mode)
    {
        Prune(mode, "--criterion", "slim");

        JsonElement again = _work.Run("prune", "--plan", $"{mode}/plan.json", "--out", "again", "--json").ShouldSucceed().Json();

        _work.Hashes("again")["sample.weights"].Should().Be(_work.Hashes(mode)["sample.weights"]);
        again.GetProperty("folding").GetProperty("mode").GetString().Should().Be(mode);
        again.GetProperty("made").GetProperty("fold").GetString().Should().Be(mode);
    }

    [Fact]
    public void A_dry_run_shows_the_constants_and_explain_tells_why_they_stay()
    {
        JsonElement dry = _work.Run("prune", "--criterion", "slim", "--fold", "exact", "--dry-run", "--json").ShouldSucceed().Json();
        Prune("exact", "--criterion", "slim");

        JsonElement group = dry.GetProperty("plan").GetProperty("groups").EnumerateArray().First(static group => group.TryGetProperty("constant", out _));
        string layer = group.GetProperty("layers").GetString()!.Split(' ')[0];
        _work.Run("explain", layer, "--plan", "exact/plan.json").ShouldSucceed().Output.Should().Contain("as a constant");
        _work.Run("plan", "show", "exact/plan.json").ShouldSucceed().Output.Should().Contain($"constant {group.GetProperty("constant").GetString()}");
    }

    [Fact]
    public void A_plan_that_is_given_is_not_folded_otherwise()
    {
        Prune("standard", "--criterion", "slim");

        HostResult result = _work.Run("prune", "--plan", "standard/plan.json", "--fold", "exact");

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("--plan").And.Contain("--fold");
    }

    private static double Border(JsonElement report) => report.GetProperty("verification").GetProperty("compactAgainstMasked").GetProperty("border").GetDouble();

    private JsonElement Prune(string mode, params string[] what) =>
        _work.Run(["prune", .. what, "--fold", mode, "--out", mode, "--force", "--json"]).ShouldSucceed().Json();
}
