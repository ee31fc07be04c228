using System.Text.Json;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

public sealed class PruneMeasureTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void With_data_it_measures_before_and_after_and_writes_what_deployment_needs()
    {
        string names = _work.Write("my.names", "disc\nring\nbox\nbar\nstar\n");

        HostResult result = Prune("--data", YoloSet.Make(_work), "--evaluator", "detection", "--names", names, "--out", "o").ShouldSucceed();

        result.Output.Should().MatchRegex(@"\n  mAP@0\.5 +[01]\.\d{4} +[01]\.\d{4} ").And.Contain("\nMeasured with managed (");
        _work.Entries.Where(static entry => entry.StartsWith("o/", StringComparison.Ordinal)).Should().Equal(
            "o/", "o/plan.json", "o/report.json", "o/sample.cfg", "o/sample.deploy.json", "o/sample.names", "o/sample.weights");
        File.ReadAllText(_work["o/sample.names"]).Should().Be("disc\nring\nbox\nbar\nstar\n");
        JsonElement evaluation = Json("o/report.json").GetProperty("evaluation");
        evaluation.GetProperty("networks").EnumerateArray().Select(static network => network.GetProperty("name").GetString()).Should().Equal("before", "after");
        JsonElement sidecar = Json("o/sample.deploy.json");
        sidecar.GetProperty("classes").EnumerateArray().Select(static name => name.GetString()).Should().Equal("disc", "ring", "box", "bar", "star");
        sidecar.GetProperty("inputs")[0].GetProperty("width").GetInt32().Should().Be(160);
        sidecar.GetProperty("inputs")[0].GetProperty("resize").GetString().Should().Be("stretch");
        sidecar.GetProperty("thresholds").GetProperty("iou").GetDouble().Should().Be(0.45);
        sidecar.GetProperty("heads").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public void Without_data_a_network_of_ones_own_is_not_measured()
    {
        CopySample();

        HostResult result = Prune("--model", "my.cfg", "--json", "--dry-run").ShouldSucceed();

        result.Json().TryGetProperty("evaluation", out _).Should().BeFalse();
        result.Json().GetProperty("milliseconds").TryGetProperty("measure", out _).Should().BeFalse();
    }

    [SharedDataFact]
    public void The_most_goes_that_costs_so_much_accuracy()
    {
        HostResult result = Prune(
            "--max-drop", "0.05", "--data", SharedData.PathOf("data/coco8"), "--evaluator", "detection", "--dry-run", "--json", "--quiet",
            "--model", SharedData.PathOf("data/darknet/yolo-fastest/yolo-fastest-1.1.cfg"), "--names", SharedData.PathOf("data/darknet/yolo-fastest/coco.names")).ShouldSucceed();

        JsonElement report = result.Json();
        double[] map = [.. report.GetProperty("evaluation").GetProperty("networks").EnumerateArray().Select(static network =>
            network.GetProperty("detection").GetProperty("metrics")[0].GetProperty("value").GetDouble())];
        (map[0] - map[1]).Should().BeLessThanOrEqualTo(0.05);
        JsonElement[] steps = [.. report.GetProperty("search").GetProperty("measured").EnumerateArray()];
        steps.Should().Contain(static step => !step.GetProperty("isMet").GetBoolean());
        double rate = double.Parse(report.GetProperty("made").GetProperty("criterion.global-percent").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        steps.Where(static step => step.GetProperty("isMet").GetBoolean()).Max(static step => step.GetProperty("rate").GetDouble()).Should().Be(rate);
        report.GetProperty("made").GetProperty("max-drop").GetString().Should().Be("0.05");
    }

    [Fact]
    public void Mistakes_are_told()
    {
        string data = YoloSet.Make(_work);

        CopySample();
        Prune("--model", "my.cfg", "--max-drop", "0.01").ShouldFail(2, "error: --max-drop is measured on labelled pictures, and none are named. Name them with --data.");
        Prune("--max-drop", "-1").ShouldFail(2, "error: --max-drop takes a number of at least 0, for instance 0.01 for one point of mAP, not '-1'.");
        Prune("--max-drop", "0.01", "--data", data, "--to-flops", "50%").ShouldFail(2, "error: --max-drop takes as much as can go, and --to-flops as little as must. Leave one of them.");
        Prune("--to-ms", "0").ShouldFail(2, "error: --to-ms takes a number of milliseconds above 0, for instance 20, not '0'.");
        Prune("--to-ms", "fast").ShouldFail(2, "error: --to-ms takes *not 'fast'.");
        Prune("--to-ms", "5", "--no-measure").ShouldFail(2, "error: --no-measure and --to-ms contradict each other. Leave one of them.");
        Prune("--data", "gone").ShouldFail(2, "error: gone: there is no such file or folder*");
        _work.Run("prune", "--criterion", "none", "--blocks", "1", "--max-drop", "0.1", "--data", data, "--quiet", "--engine", "managed")
            .ShouldFail(2, "error: A target that is measured needs a criterion with a rate*");
        _work.Entries.Should().NotContain(static entry => entry.StartsWith("runs", StringComparison.Ordinal));
    }

    /// <summary>As a network of one's own: it brings no pictures.</summary>
    private void CopySample()
    {
        File.Copy(HostInstallation.SampleCfg, _work["my.cfg"]);
        File.Copy(HostInstallation.SampleWeights, _work["my.weights"]);
    }

    private HostResult Prune(params string[] args) => _work.Run(["prune", "--criterion", "slim", "--engine", "managed", .. args]);

    private JsonElement Json(string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_work[name]));
        return json.RootElement.Clone();
    }
}
