using System.Text.Json;
using PluginPrune.Host.Tests.Cli;
using PluginPrune.Host.Tests.Train;

namespace PluginPrune.Host.Tests.Run;

/// <summary>Recipes that are done once for each seed, and what their table tells.</summary>
public sealed class SeedTests : IDisposable
{
    private const string Metric = "mAP@0.5";

    private const string Recipe =
        """
        model: tiny.cfg
        data: synthetic
        seeds: [4, 9]
        options: {threads: 1, count: 16, synthetic: {size: 64}, batch: 8, nominal-batch: 8, lr: 0.02}
        steps:
          - train: {from-scratch: true, epochs: 3, shared: true}
          - prune: {criterion: slim, global-percent: 0.4, no-measure: true, no-verify: true, shared: true}
          - fine-tune: {epochs: 2}
        compare: {from-scratch: true, narrower: {epochs: 1}}
        """;

    private readonly Workplace _work = new();

    public SeedTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void What_is_shared_is_done_once_and_the_rest_for_each_seed()
    {
        _work.Write("way.yaml", Recipe);

        JsonElement report = _work.Run("run", "way.yaml", "--out", "way", "--json").ShouldSucceed().Json();

        _work.Entries.Where(static entry => entry.EndsWith("last.weights", StringComparison.Ordinal)).Should().Equal(
            "way/1-train/last.weights",
            "way/2-prune/last.weights",
            "way/seed-4/3-fine-tune/last.weights",
            "way/seed-4/4-pruned-shape-from-scratch/last.weights",
            "way/seed-4/5-narrower/last.weights",
            "way/seed-4/6-narrower-from-scratch/last.weights",
            "way/seed-9/3-fine-tune/last.weights",
            "way/seed-9/4-pruned-shape-from-scratch/last.weights",
            "way/seed-9/5-narrower/last.weights",
            "way/seed-9/6-narrower-from-scratch/last.weights");
        File.ReadAllBytes(_work["way/seed-4/3-fine-tune/last.weights"]).Should().NotEqual(File.ReadAllBytes(_work["way/seed-9/3-fine-tune/last.weights"]));
        JsonElement[] rows = [.. report.GetProperty("rows").EnumerateArray()];
        rows.Select(static row => row.GetProperty("step").GetString()).Should().Equal("train", "prune", "fine-tune", "pruned-shape-from-scratch", "narrower-from-scratch");
        JsonElement[] tuned = [.. rows[2].GetProperty("repetitions").EnumerateArray()];
        tuned.Select(static one => one.GetProperty("seed").GetInt32()).Should().Equal(4, 9);
        double[] values = [.. tuned.Select(one => ValueOf(one))];
        rows[2].GetProperty("mean").GetProperty(Metric).GetProperty("value").GetDouble().Should().BeApproximately((values[0] + values[1]) / 2, 1e-12);
        rows[2].GetProperty("mean").GetProperty(Metric).GetProperty("standardError").GetDouble().Should().BeApproximately(Math.Abs(values[0] - values[1]) / 2, 1e-12);
        double baseline = ValueOf(rows[0].GetProperty("repetitions")[0]);
        rows[2].GetProperty("differenceFromBaseline").GetProperty(Metric).GetProperty("value").GetDouble().Should().BeApproximately(((values[0] + values[1]) / 2) - baseline, 1e-12);

        // What the table tells of a network is what the network measures.
        JsonElement alone = _work.Run("eval", "--model", "way/seed-9/3-fine-tune/last.cfg", "--data", "synthetic", "--count", "16", "--set", "synthetic.size=64", "--json").ShouldSucceed().Json();
        Metrics(alone.GetProperty("networks")[0].GetProperty("detection"))[Metric].Should().BeApproximately(values[1], 1e-9);
    }

    [LibtorchFact]
    public void What_a_pruned_network_is_compared_with_has_its_size_and_its_epochs()
    {
        _work.Write("way.yaml", Recipe);

        JsonElement report = _work.Run("run", "way.yaml", "--out", "way", "--json").ShouldSucceed().Json();

        double Parameters(string step) => report.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("step").GetString() == step)
            .GetProperty("mean").GetProperty("parameters").GetProperty("value").GetDouble();
        Parameters("pruned-shape-from-scratch").Should().Be(Parameters("fine-tune"));
        Parameters("narrower-from-scratch").Should().BeInRange(0.8 * Parameters("fine-tune"), Parameters("fine-tune"));
        File.ReadLines(_work["way/seed-4/4-pruned-shape-from-scratch/results.csv"]).Should().HaveCount(1 + 3 + 2, "it sees the pictures as often as all trainings together");
        File.ReadLines(_work["way/seed-4/6-narrower-from-scratch/results.csv"]).Should().HaveCount(1 + 1, "that many were asked for");
        string[] filters = [.. File.ReadLines(_work["way/seed-4/5-narrower/last.cfg"]).Where(static line => line.StartsWith("filters", StringComparison.Ordinal)).Select(static line => line.Split('=')[1].Trim())];
        double[] shares = [.. filters.SkipLast(1).Zip([8.0, 16, 8, 16, 24], static (filter, whole) => int.Parse(filter, System.Globalization.CultureInfo.InvariantCulture) / whole)];
        (shares.Max() - shares.Min()).Should().BeLessThanOrEqualTo(1.0 / 8, "every layer keeps the same share, but for rounding");
        filters[^1].Should().Be("20");

        HostResult again = _work.Run("run", "way.yaml", "--out", "way").ShouldSucceed();
        again.Lines.Count(static line => line.EndsWith("done before.", StringComparison.Ordinal)).Should().Be(10);
        again.Output.Should().Contain(" ± ").And.Contain("to baseline").And.Contain("2 seeds");
        File.ReadAllText(_work["way/results.md"]).Should().Contain("| fine-tune | 0.").And.Contain(" ± ");

        // A third seed is done; those that are done stay.
        _work.Write("way.yaml", Recipe.Replace("[4, 9]", "[4, 9, 2]", StringComparison.Ordinal));
        _work.Run("run", "way.yaml", "--out", "way").ShouldSucceed().Lines.Count(static line => line.EndsWith("done before.", StringComparison.Ordinal)).Should().Be(10);
        _work.Entries.Should().Contain("way/seed-2/6-narrower-from-scratch/last.weights");
    }

    private static double ValueOf(JsonElement repetition) => repetition.GetProperty("metrics").GetProperty(Metric).GetDouble();

    private static Dictionary<string, double> Metrics(JsonElement evaluator) => evaluator.GetProperty("metrics").EnumerateArray()
        .Where(static metric => metric.GetProperty("value").ValueKind == JsonValueKind.Number)
        .ToDictionary(static metric => metric.GetProperty("name").GetString()!, static metric => metric.GetProperty("value").GetDouble(), StringComparer.Ordinal);
}
