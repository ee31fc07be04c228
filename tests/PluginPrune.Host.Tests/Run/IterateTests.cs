using System.Text.Json;
using PluginPrune.Host.Tests.Cli;
using PluginPrune.Host.Tests.Train;

namespace PluginPrune.Host.Tests.Run;

/// <summary>Pruning in rounds: what the rounds take, and what is wrong with them.</summary>
public sealed class IterateTests : IDisposable
{
    private readonly Workplace _work = new();

    public IterateTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Rounds_refer_to_the_network_before_the_first()
    {
        _work.Write("way.yaml", "model: tiny.cfg\ndata: synthetic\nsteps:\n  - train: {from-scratch: true}\n  - iterate: {rounds: 2, curve: linear, prune: {criterion: slim, global-percent: 0.5}, fine-tune: {epochs: 3}}\n  - fine-tune: {epochs: 5}\n");

        string[] lines = [.. _work.Run("run", "way.yaml", "--out", "way", "--dry-run").ShouldSucceed().Output.Split('\n').Where(static line => line.StartsWith("host ", StringComparison.Ordinal))];

        lines.Should().HaveCount(7);
        lines[1].Should().Contain("--model " + _work["way/1-train/last.cfg"]).And.Contain("--round 1/2 --curve linear --original " + _work["way/1-train/last.cfg"]);
        lines[3].Should().Contain("--model " + _work["way/3-round-1-fine-tune/last.cfg"]).And.Contain("--round 2/2 --curve linear --original " + _work["way/1-train/last.cfg"]);
        lines[5].Should().Contain("--model " + _work["way/5-round-2-fine-tune/last.cfg"]).And.Contain("--epochs 5");
        lines[6].Should().Contain("--criterion uniform").And.Contain("--model " + _work["way/1-train/last.cfg"]);
    }

    [LibtorchFact]
    public void The_last_round_ends_where_it_was_asked_to()
    {
        _work.Write(
            "way.yaml",
            """
            model: tiny.cfg
            data: synthetic
            options: {threads: 1, count: 8, synthetic: {size: 64}, batch: 8, nominal-batch: 8}
            steps:
              - train: {from-scratch: true, epochs: 1}
              - iterate: {rounds: 3, curve: linear, prune: {criterion: slim, to-params: 40%, no-measure: true, no-verify: true}, fine-tune: {epochs: 1}}
            compare: {narrower: false}
            """);

        JsonElement report = _work.Run("run", "way.yaml", "--out", "way", "--json").ShouldSucceed().Json();

        double[] left = [.. report.GetProperty("rows").EnumerateArray().Where(static row => row.GetProperty("step").GetString()!.EndsWith("prune", StringComparison.Ordinal))
            .Select(static row => row.GetProperty("mean").GetProperty("parameters").GetProperty("value").GetDouble() / 6748)];
        left.Should().HaveCount(3);
        for (int round = 0; round < left.Length; round++)
        {
            double bound = 0.8 - (0.2 * round);
            left[round].Should().BeInRange(bound - 0.04, bound);
        }
    }

    [Theory]
    [InlineData("{curve: agp, prune: {criterion: slim}, fine-tune: {}}", "*line 3: 'iterate' does not say how often*")]
    [InlineData("{rounds: some, prune: {criterion: slim}, fine-tune: {}}", "*line 3: 'rounds' takes a whole number from 1 to 1000, not 'some'.")]
    [InlineData("{rounds: 2, curve: cubic, prune: {criterion: slim}, fine-tune: {}}", "*line 3: 'curve' takes agp, linear, exponential, not 'cubic'.")]
    [InlineData("{rounds: 2, prune: {criterion: slim}}", "*line 3: 'iterate' has no fine-tune*")]
    [InlineData("{rounds: 2, prune: {criterion: slim, round: 1/2}, fine-tune: {}}", "*line 3: 'round' is not for this prune to say: 'iterate' does.")]
    [InlineData("{rounds: 2, shared: maybe, prune: {criterion: slim}, fine-tune: {}}", "*line 3: 'shared' takes true or false, not 'maybe'.")]
    [InlineData("{rounds: 2, prune: {criterion: slim, shared: true}, fine-tune: {}}", "*line 3: 'shared' is not for this prune to say: give it to 'iterate', for all rounds.")]
    [InlineData("{rounds: 2, prune: {criterion: slim}, fine-tune: {}, export: {}}", "*line 3: 'iterate' has no 'export'*")]
    public void What_is_wrong_with_rounds_is_told(string iterate, string pattern)
    {
        _work.Write("way.yaml", $"model: tiny.cfg\nsteps:\n  - iterate: {iterate}\n");

        _work.Run("run", "way.yaml").ShouldFail(2, $"error: {pattern}");
    }

    [Theory]
    [InlineData("error: --round takes a round and how many there are, for instance 2/4, not '3/2'.", "--round", "3/2")]
    [InlineData("error: --round 2/4 refers to the network before the first round. Name it with --original FILE.", "--round", "2/4")]
    [InlineData("error: --curve is about rounds, and this is none. Add --round 1/4*", "--curve", "linear")]
    [InlineData("error: --round divides a rate or a budget, and --to-ms is measured anew each time.*", "--round", "1/2", "--to-ms", "5")]
    public void What_is_wrong_with_a_round_by_hand_is_told(string pattern, params string[] args) =>
        _work.Run(["prune", "--criterion", "slim", .. args]).ShouldFail(2, pattern);
}
