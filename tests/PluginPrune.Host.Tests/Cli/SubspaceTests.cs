using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A criterion that clusters filters, as a user meets it.</summary>
public sealed class SubspaceTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("sample", 10)]
    [InlineData("sample-tiny", 8)] // as many filters as its first layer has
    public void The_samples_are_pruned_to_a_budget_and_the_plan_tells_how(string sample, int most)
    {
        JsonElement report = _work.Run("prune", "--criterion", "subspace", "--model", sample, "--to-flops", "70%", "--out", "o", "--json").ShouldSucceed().Json();

        double left = report.GetProperty("after").GetProperty("gflops").GetDouble() / report.GetProperty("before").GetProperty("gflops").GetDouble();
        left.Should().BeInRange(0.67, 0.7);
        report.TryGetProperty("scoreEnergyRemoved", out _).Should().BeFalse("places in clusters are no magnitudes");
        report.GetProperty("made").GetProperty("criterion.percent").GetString().Should().StartWith("0.");
        JsonElement note = JsonDocument.Parse(File.ReadAllText(_work["o/plan.json"])).RootElement.GetProperty("notes")[0];
        note.GetProperty("layer").GetString().Should().Be("0.conv");
        note.GetProperty("text").GetString().Should().MatchRegex(FormattableString.Invariant($"^k = [0-9]+, by the elbow of 1 to {most}; filters by their sum: "));
        note.GetProperty("curves")[0].GetProperty("y").GetArrayLength().Should().Be(most);
        string applied = _work.Run("prune", "--plan", "o/plan.json", "--model", sample, "--out", "again", "--no-verify").ShouldSucceed().Output;
        applied.Should().Contain("again");
        File.ReadAllText(_work["again/plan.json"]).Should().Contain(note.GetProperty("text").GetString());
        _work.Run("explain", "0", "--model", sample, "--plan", "o/plan.json").ShouldSucceed().Output.Should().Contain("  How that came about:\n    k = ").And.Contain("    distortion by k: 1: ");
    }

    [Fact]
    public void A_layers_choice_is_explained_and_drawn_before_anything_is_cut()
    {
        HostResult result = _work.Run("explain", "8", "--model", "sample-tiny", "--criterion", "subspace", "--k", "4", "--svg", "elbow.svg").ShouldSucceed();

        result.Output.Should().Contain("The plan, pruned by subspace (").And.MatchRegex("    k = 4, as asked, where the elbow of 1 to 10 is [0-9]+; filters by their\\s+sum: ").And.Contain("Drawn to ");
        File.ReadAllText(_work["elbow.svg"]).Should().Contain(">distortion<").And.Contain(">chord<").And.Contain(">k = 4<").And.Contain("sample-tiny, layer 8");
        _work.Run("explain", "8", "--model", "sample-tiny", "--criterion", "subspace", "--svg", "elbow.svg").ShouldFail(2, "*exists and is not overwritten*");
    }

    [Theory]
    [InlineData("There is nothing to draw of layer 0: name a criterion", "explain", "0", "--svg", "x.svg")]
    [InlineData("There is nothing to draw of layer 0: the criterion showed nothing of it", "explain", "0", "--criterion", "slim", "--svg", "x.svg")]
    [InlineData("There is nothing to draw of layer 1: the criterion showed nothing of it and said 'left alone: an addition ties its channels (--coupling skip)'", "explain", "1", "--criterion", "subspace", "--svg", "x.svg")]
    [InlineData("--plan shows a choice that was made, and --criterion makes one", "explain", "0", "--criterion", "slim", "--plan", "p.json")]
    [InlineData("--normalize brings whole filters to one length", "prune", "--criterion", "subspace", "--normalize", "true")]
    public void What_cannot_be_told_is_told_so(string message, params string[] args)
    {
        _work.Run(args).ShouldFail(2, $"*{message}*");

        _work.Entries.Should().BeEmpty();
    }
}
