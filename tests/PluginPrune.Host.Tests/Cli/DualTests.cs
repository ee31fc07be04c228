using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>Two criteria together, as a user asks for them.</summary>
public sealed class DualTests : IDisposable
{
    private static readonly string[] Prune = ["prune", "--criterion", "dual", "--no-verify"];

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("sample")]
    [InlineData("sample-tiny")]
    public void A_budget_scales_both_rates_and_says_which_it_found(string model)
    {
        HostResult result = _work.Run([.. Prune, "--rates", "60U40", "--to-flops", "50%", "--model", model, "--out", "small"]).ShouldSucceed();

        string rates = Json("small/plan.json").GetProperty("made").GetProperty("criterion.rates").GetString()!;
        double[] found = [.. rates.Split('U').Select(static text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        (found[0] / found[1]).Should().BeApproximately(1.5, 1e-3);
        result.Output.Should().Contain($"rates {rates}");
        result.Error.Should().NotContain("was given", "the proportion is what was given, and it is kept");
        Json("small/report.json").GetProperty("after").GetProperty("gflops").GetDouble().Should().BeLessThanOrEqualTo(Json("small/report.json").GetProperty("before").GetProperty("gflops").GetDouble() / 2);

        // What was found can be typed.
        _work.Run([.. Prune, "--rates", rates, "--model", model, "--out", "again"]).ShouldSucceed();
        Groups("again").Should().Equal(Groups("small"));
    }

    [Fact]
    public void Options_of_the_two_are_given_by_set_and_stay_on_record()
    {
        _work.Run([.. Prune, "--out", "elbow"]).ShouldSucceed();
        _work.Run([.. Prune, "--set", "subspace.k=2", "--out", "two"]).ShouldSucceed();

        Json("two/plan.json").GetProperty("made").GetProperty("criterion.subspace.k").GetString().Should().Be("2");
        Groups("two").Should().NotEqual(Groups("elbow"));
    }

    [Fact]
    public void A_plan_tells_the_steps_that_led_to_it()
    {
        _work.Run([.. Prune, "--out", "small"]).ShouldSucceed();

        string[] texts = [.. Json("small/plan.json").GetProperty("notes").EnumerateArray().Select(static note => note.GetProperty("text").GetString()!)];
        texts.Should().Contain(static text => text.StartsWith("subspace: ", StringComparison.Ordinal))
            .And.Contain(static text => text.StartsWith("subspace, 40 %: drops ", StringComparison.Ordinal))
            .And.Contain(static text => text.StartsWith("slim, 60 %: drops ", StringComparison.Ordinal))
            .And.Contain(static text => text.StartsWith("union: drops ", StringComparison.Ordinal))
            .And.Contain(static text => text.StartsWith("left alone: ", StringComparison.Ordinal));
        string layer = Json("small/plan.json").GetProperty("notes").EnumerateArray().First(static note => note.GetProperty("text").GetString()!.StartsWith("union: drops ", StringComparison.Ordinal)).GetProperty("layer").GetString()!;
        string words = string.Join(' ', _work.Run("explain", layer, "--plan", "small/plan.json").ShouldSucceed().Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.Should().MatchRegex("subspace: .* subspace, 40 %: drops .* slim, 60 %: drops .* union: drops .*");
        words.Should().MatchRegex("weights become [0-9]+ x [0-9]+ x [0-9]+ x [0-9]+, of [0-9]+ x ");
    }

    [Fact]
    public void What_cannot_be_is_told_before_anything_is_done()
    {
        _work.Run([.. Prune, "--first", "slin"]).ShouldFail(2, "error: PP0604*'slin'*Did you mean 'slim'*");
        _work.Run([.. Prune, "--second", "dual"]).ShouldFail(2, "error: The criterion 'dual' cannot build on itself (dual asks dual). Name another with --first or --second.");
        _work.Run([.. Prune, "--rates", "60"]).ShouldFail(2, "error: --rates takes two rates in percent*60U40*not '60'*");
        _work.Run([.. Prune, "--set", "subspace.kk=2"]).ShouldFail(2, "error: subspace has no option 'kk' for --set. Did you mean k*");
        _work.Run([.. Prune, "--set", "subspace.k=many"]).ShouldFail(2, "error: *k takes a whole number*'many'.");
        _work.Run([.. Prune, "--set", "slim.coupling=union"]).ShouldFail(2, "error: --set gives slim.coupling, which dual gives it too. Leave --set, and use dual's own option.");
        _work.Run([.. Prune, "--set", "slim.global-percent=0.3"]).ShouldFail(2, "error: --set gives slim.global-percent, which dual gives it too. Leave --set, and use dual's own option.");
        _work.Run([.. Prune, "--set", "subspace.percent=0.4"]).ShouldFail(2, "error: --set gives subspace.percent, which dual gives it too.*");
        _work.Run([.. Prune, "--set", "normal.percent=0.3"]).ShouldFail(2, "error: --set names 'normal', which is not used here. Used are dual, slim, subspace*");
        _work.Run([.. Prune, "--first", "uniform", "--second", "uniform"]).ShouldFail(2, "error: --first and --second are both 'uniform'*");
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void The_help_shows_what_set_takes()
    {
        string help = _work.Run("prune", "--criterion", "dual", "--second", "uniform", "--help").ShouldSucceed().Output;

        help.Should().Contain("Options of slim, by --set:").And.Contain("Options of uniform, by --set:").And.Contain("uniform.layer-percent").And.NotContain("Options of subspace");
        _work.Run("inspect", "--criterion", "dual", "--set", "subspace.k=2", "--model", "sample").ShouldSucceed();
    }

    private string[] Groups(string folder) => [.. Json(folder + "/plan.json").GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("kept").GetString()!)];

    private JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(_work[path])).RootElement;
}
