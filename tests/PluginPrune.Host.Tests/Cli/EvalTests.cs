using System.Text.Json;
using System.Xml.Linq;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

public sealed class EvalTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [SharedDataFact]
    public void A_trained_network_is_worth_something_on_photos_and_its_classes_are_found_by_name()
    {
        HostResult result = _work.Run(
            "eval", "--engine", "managed", "--json", "--data", SharedData.PathOf("data/coco8"), "--curves", "curves",
            "--model", SharedData.PathOf("data/darknet/yolo-fastest/yolo-fastest-1.1-xl.cfg"), "--names", SharedData.PathOf("data/darknet/yolo-fastest/coco.names")).ShouldSucceed();

        JsonElement network = result.Json().GetProperty("networks").EnumerateArray().Single();
        JsonElement detection = network.GetProperty("detection");
        Metric(detection, "mAP@0.5").Should().BeInRange(0.3, 1);
        Metric(detection, "pictures").Should().Be(4);
        JsonElement table = detection.GetProperty("tables")[0];
        table.GetProperty("title").GetString().Should().Be("Per class");
        table.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("class").GetString()).Should().Contain("person");
        table.GetProperty("rows")[0].GetProperty("values").GetArrayLength().Should().Be(table.GetProperty("columns").GetArrayLength());
        File.ReadAllLines(_work["curves/detection-precision-over-recall-all_classes.csv"])[0].Should().Be("recall,precision");
        XDocument.Load(_work["curves/detection-precision-over-recall.svg"]).Root!.Name.LocalName.Should().Be("svg");
    }

    [Fact]
    public void A_table_for_people_holds_what_json_does()
    {
        string data = YoloSet.Make(_work);

        HostResult text = _work.Run("eval", "--engine", "managed", "--data", data).ShouldSucceed();
        HostResult json = _work.Run("eval", "--engine", "managed", "--data", data, "--json").ShouldSucceed();

        text.Output.Should().StartWith("sample, ").And.Contain("set (val: 2 pictures)").And.Contain("managed (.NET ").And.Contain("\ndetection:\n").And.Contain("Per class:");
        json.Json().GetProperty("dataset").GetString().Should().Be("set");
        foreach (JsonElement metric in json.Json().GetProperty("networks")[0].GetProperty("detection").GetProperty("metrics").EnumerateArray())
        {
            text.Output.Should().Contain("\n  " + metric.GetProperty("name").GetString());
        }
    }

    [Fact]
    public void Evaluators_bring_their_options()
    {
        string data = YoloSet.Make(_work);

        HostResult voc = _work.Run("eval", "--engine", "managed", "--data", data, "--variant", "voc", "--match-iou", "0.75", "--set", "detection.conf=0.01").ShouldSucceed();

        voc.Output.Should().Contain("mAP@0.75");
        _work.Run("eval", "--evaluator", "detection", "--help").ShouldSucceed().Output.Should().Contain("Options of evaluator detection:").And.Contain("--variant");
    }

    [Fact]
    public void Mistakes_are_told()
    {
        string data = YoloSet.Make(_work);

        _work.Run("eval", "--quiet").ShouldFail(2, "error: 'detection' is measured on labelled pictures, and none are named. Give them with --data.");
        _work.Run("eval", "--data", "gone").ShouldFail(2, "error: gone: there is no such file or folder*");
        _work.Run("eval", "--data", data, "--evaluator", "detecton").ShouldFail(2, "error: *'detecton'*Did you mean 'detection'*");
        _work.Run("eval", "--data", data, "--list-pictures").ShouldFail(2, "error: 'host eval' has no option '--list-pictures'. It belongs to --evaluator classification.");
        _work.Run("eval", "--data", data, "--model", "gone.cfg").ShouldFail(2, "error: --model names *gone.cfg, which does not exist.");
        _work.Run("eval", "--data", data, "--size", "30x", "--quiet").ShouldFail(2, "error: --size takes a side such as 416 or WIDTHxHEIGHT such as 640x384, not '30x'.");
        _work.Run("eval", "--data", data, "--variant", "cocoa").ShouldFail(2, "error: --variant takes *coco*, not 'cocoa'.");
        _work.Run("eval", "--data", data, "--split", "test", "--quiet").ShouldFail(2);
        _work.Write("curves-file", "x");
        _work.Run("eval", "--data", data, "--curves", "curves-file", "--quiet").ShouldFail(2, "error: *curves-file is a file*");
    }

    [Fact]
    public void Curves_that_exist_are_not_overwritten_unasked()
    {
        string data = YoloSet.Make(_work);
        string[] command = ["eval", "--engine", "managed", "--quiet", "--data", data, "--curves", "c"];
        _work.Run(command).ShouldSucceed();

        _work.Run(command).ShouldFail(2, "error: *exists*");
        _work.Run([.. command, "--force"]).ShouldSucceed();
    }

    private static double Metric(JsonElement evaluator, string name) => evaluator.GetProperty("metrics").EnumerateArray()
        .Single(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
}
