using System.Text.Json;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>Networks of YOLOv5 are trained, sparse too, from descriptions and from checkpoints.</summary>
public sealed class TrainYolov5Tests : IDisposable
{
    private static readonly string[] Data = ["--data", "synthetic", "--count", "24", "--set", "synthetic.size=64", "--threads", "1"];

    private readonly Workplace _work = new();

    public TrainYolov5Tests() => _work.Write("tiny.yaml", TinyYolov5.Yaml);

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void A_description_is_trained_from_nothing_and_what_is_written_is_trained_further()
    {
        HostResult first = Train("first", "--model", "tiny.yaml", "--from-scratch", "--epochs", "20", "--lr", "0.1", "--augment", "none", "--evaluate-every", "20").ShouldSucceed();

        JsonElement[] results = Results(first);
        Loss(results[^1]).Should().BeLessThan(0.92 * Loss(results[0]));
        first.Error.Should().MatchRegex("Anchors reach .* of the [0-9]+ objects");
        _work.Entries.Should().Contain(["first/last.pt", "first/best.pt", "first/last.checkpoint"]);

        double measured = _work.Run(["eval", "--model", "first/last.pt", "--size", "64", "--json", .. Data]).ShouldSucceed().Json()
            .GetProperty("networks")[0].GetProperty("detection").GetProperty("metrics")[0].GetProperty("value").GetDouble();
        measured.Should().BeApproximately(results[^1].GetProperty("mAP@0.5").GetDouble(), 1e-3);

        JsonElement further = Results(Train("second", "--model", "first/last.pt", "--epochs", "1", "--lr", "0.0001", "--augment", "none"))[0];
        Loss(further).Should().BeLessThan(0.92 * Loss(results[0]));
    }

    [LibtorchFact]
    public void Statistics_that_are_taken_anew_change_what_is_measured_and_written_and_nothing_of_the_training()
    {
        string[] asked = ["--model", "tiny.yaml", "--from-scratch", "--epochs", "2", "--lr", "0.1", "--ema", "0", "--augment", "none"];
        JsonElement[] running = Results(Train("running", asked).ShouldSucceed());
        JsonElement[] fitted = Results(Train("fitted", [.. asked, "--bn-pictures", "24"]).ShouldSucceed());

        fitted.Select(Loss).Should().Equal(running.Select(Loss));
        _work.Hashes("fitted")["last.pt"].Should().NotBe(_work.Hashes("running")["last.pt"]);
        Train("fitted", [.. asked, "--resume"]).ShouldFail(2, "error: *bn-pictures 24, now not given, which is 0. Ask for the same*");
    }

    [LibtorchFact]
    public void Heads_learn_the_classes_of_the_data_in_place_of_their_own()
    {
        _work.Write("three.yaml", TinyYolov5.Yaml.Replace("nc: 5", "nc: 3\nnames: [disc, star, cat]", StringComparison.Ordinal));
        Train("three", "--model", "three.yaml", "--from-scratch", "--epochs", "1").ShouldSucceed();

        HostResult changed = Train("five", "--model", "three/last.pt", "--data-classes", "--epochs", "1").ShouldSucceed();

        changed.Error.Should().Contain("Heads learn 5 classes of synthetic; disc, star are known to 'last' already.");
        string[] found = [.. _work.Run(["eval", "--model", "five/last.pt", "--size", "64", "--json", .. Data]).ShouldSucceed().Json()
            .GetProperty("networks")[0].GetProperty("detection").GetProperty("tables")[0].GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("class").GetString()!)];
        found.Should().Equal("disc", "ring", "triangle", "star", "cross");
    }

    [LibtorchFact]
    public void Anchors_that_miss_objects_are_warned_of_and_others_written_into_the_checkpoint()
    {
        _work.Write("wide.yaml", TinyYolov5.Yaml.Replace("[8,8, 14,14, 20,12]", "[200,200, 210,210, 220,220]", StringComparison.Ordinal).Replace("[16,24, 26,26, 40,40]", "[300,300, 310,310, 320,320]", StringComparison.Ordinal));
        Train("wide", "--model", "wide.yaml", "--from-scratch", "--epochs", "1").ShouldSucceed()
            .Error.Should().MatchRegex("warning: Anchors reach .* the others cannot be learned\\. 'host anchors --model \\S*wide\\.yaml --data synthetic");

        _work.Run(["anchors", "--model", "wide.yaml", "--data", "synthetic", "--size", "64", "--out", "fit"]).ShouldFail(2, "error: --out writes anchors into a checkpoint*");
        JsonElement found = _work.Run(["anchors", "--model", "wide/last.pt", "--size", "64", "--json", "--out", "fit", .. Data[..^2]]).ShouldSucceed().Json();

        found.GetProperty("now").GetProperty("sideRecall").GetDouble().Should().BeLessThan(0.5);
        found.GetProperty("found").GetProperty("sideRecall").GetDouble().Should().BeGreaterThan(0.98);
        _work.Run(["anchors", "--model", "fit/last.pt", "--size", "64", "--json", .. Data[..^2]]).ShouldSucceed().Json()
            .GetProperty("now").GetProperty("sideRecall").GetDouble().Should().BeGreaterThan(0.98, "the file has them");
    }

    [LibtorchFact]
    public void The_whole_way_is_gone_by_a_recipe()
    {
        _work.Write("hyp.yaml", TinyYolov5.Hyp);
        _work.Write("way.yaml", """
            model: tiny.yaml
            data: synthetic
            options: {threads: 1, count: 16, size: 64, synthetic: {size: 64}}
            steps:
              - train: {from-scratch: true, epochs: 2, batch: 8, nominal-batch: 8, hyp: hyp.yaml}
              - sparse: {epochs: 2, batch: 8, nominal-batch: 8, sparsity: 0.01, scheduler: proximal}
              - prune: {criterion: slim, global-percent: 0.3, no-measure: true}
              - fine-tune: {epochs: 1, batch: 8, nominal-batch: 8, lr: 0.001}
              - export: {to: onnx}
            """);

        _work.Run("run", "way.yaml", "--out", "way").ShouldSucceed().Output.Should().ContainAll("sparse", "prune", "fine-tune", "mAP@0.5");

        _work.Entries.Should().Contain(["way/1-train/last.pt", "way/2-sparse/last.pt", "way/3-prune/last.pt", "way/4-fine-tune/last.pt", "way/5-export/last.onnx"]);
        new FileInfo(_work["way/4-fine-tune/last.pt"]).Length.Should().BeLessThan(new FileInfo(_work["way/2-sparse/last.pt"]).Length);
    }

    private HostResult Train(string folder, params string[] args) =>
        _work.Run(["train", "--size", "64", "--out", folder, "--batch", "8", "--nominal-batch", "8", "--json", .. Data, .. args]);

    private static JsonElement[] Results(HostResult result) => [.. result.ShouldSucceed().Json().GetProperty("results").EnumerateArray()];

    private static double Loss(JsonElement epoch) => epoch.GetProperty("loss").GetDouble();
}
