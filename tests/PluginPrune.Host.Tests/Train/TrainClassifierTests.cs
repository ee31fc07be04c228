using System.Text.Json;
using PluginPrune.Core.Images;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>The whole way of a classifier of Darknet's, on pictures in a folder for each class.</summary>
public sealed class TrainClassifierTests : IDisposable
{
    private const string Cfg = """
        [net]
        width=16
        height=16
        channels=3

        [convolutional]
        batch_normalize=1
        filters=8
        size=3
        pad=1
        activation=leaky

        [maxpool]
        size=2
        stride=2

        [convolutional]
        batch_normalize=1
        filters=8
        size=3
        pad=1
        activation=leaky

        [convolutional]
        filters=3
        size=1
        activation=linear

        [avgpool]

        [softmax]

        [cost]

        """;

    private static readonly string[] Colors = ["blue", "green", "red"];

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void It_is_trained_measured_and_pruned_by_what_pictures_show()
    {
        _work.Write("colors.cfg", Cfg);
        Paint("train", 8);
        Paint("val", 4);
        string[] data = ["--data", "set", "--data-format", "folders"];

        JsonElement report = _work.Run(
        [
            "train", "--model", "colors.cfg", "--from-scratch", "--epochs", "12", "--batch", "6", "--nominal-batch", "6", "--warm-up", "1", "--ema", "0", "--augment", "cifar,crop=2",
            "--set", "classify.smoothing=0.05", "--threads", "1", "--out", "run", "--json", .. data,
        ]).ShouldSucceed().Json();

        JsonElement[] results = [.. report.GetProperty("results").EnumerateArray()];
        results[^1].GetProperty("loss").GetDouble().Should().BeLessThan(0.7 * results[0].GetProperty("loss").GetDouble());
        results[^1].GetProperty("top-1").GetDouble().Should().BeGreaterThan(0.9);

        JsonElement evaluation = _work.Run(["eval", "--model", "run/last.cfg", "--json", .. data]).ShouldSucceed().Json().GetProperty("networks")[0];
        evaluation.TryGetProperty("detection", out _).Should().BeFalse();
        evaluation.GetProperty("classification").GetProperty("metrics")[0].GetProperty("value").GetDouble().Should().Be(results[^1].GetProperty("top-1").GetDouble());

        _work.Run("eval", "--model", "run/last.cfg", "--data", YoloSet.Make(_work, "objects")).ShouldFail(2, "error: *says of no picture what it shows*--evaluator detection*");

        HostResult pruned = _work.Run(["prune", "--criterion", "slim", "--global-percent", "0.2", "--model", "run/last.cfg", "--out", "small", .. data]).ShouldSucceed();
        pruned.Output.Should().Contain("top-1").And.NotContain("mAP");
        _work.Entries.Should().Contain(["small/last.cfg", "small/last.weights"]);
        JsonElement sidecar = JsonDocument.Parse(File.ReadAllText(_work["small/last.deploy.json"])).RootElement;
        sidecar.GetProperty("inputs")[0].GetProperty("width").GetInt32().Should().Be(16);
        sidecar.TryGetProperty("thresholds", out _).Should().BeFalse("it looks for no objects");
    }

    [LibtorchFact]
    public void Small_pictures_are_varied_as_those_of_Cifar_where_nothing_is_said()
    {
        _work.Write("colors.cfg", Cfg);
        Paint("train", 2);
        string[] line = ["train", "--model", "colors.cfg", "--from-scratch", "--epochs", "1", "--batch", "3", "--nominal-batch", "3", "--threads", "1", "--out", "run", "--data", "set", "--data-format", "folders"];

        _work.Run(line).ShouldSucceed();

        _work.Run([.. line, "--resume", "--augment", "cifar"]).ShouldSucceed();
        _work.Run([.. line, "--resume", "--augment", "yolov5"]).ShouldFail(2, "error: *augment cifar, now yolov5.*");
        _work.Run([.. line.Select(static word => word == "run" ? "look" : word), "--preview", "2"]).ShouldSucceed().Output.Should().Contain("with what they show");
    }

    [Fact]
    public void Its_pictures_are_counted_by_class()
    {
        Paint("val", 1);

        _work.Run("data", "check", "--data", "set", "--data-format", "folders").ShouldSucceed().Output.Should().Contain("3 pictures of 3 classes").And.NotContain("object");
    }

    /// <summary>Noise that is brighter in one of its colours.</summary>
    private void Paint(string part, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int color = 0; color < Colors.Length; color++)
            {
                var random = new Random((100 * i) + color + part.Length);
                var picture = new Picture(new PictureSize(20, 20));
                for (int at = 0; at < picture.Pixels.Length; at++)
                {
                    picture.Pixels[at] = (byte)(random.Next(120) + (at % 3 == 2 - color ? 110 : 0));
                }

                string folder = _work[$"set/{part}/{Colors[color]}"];
                Directory.CreateDirectory(folder);
                using FileStream stream = File.Create(Path.Combine(folder, $"{i}.png"));
                picture.WritePng(stream);
            }
        }
    }
}
