using System.Text.Json;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>Several formats claim torch's extensions: what a file holds decides.</summary>
public sealed class SharedExtensionTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [SharedDataFact]
    public void Networks_of_torch_go_to_the_format_that_knows_them()
    {
        File.Copy(SharedData.PathOf("data/resnet-cifar10/resnet20-12fca82f.th"), _work["classifier.pt"]);
        File.Copy(SharedData.PathOf("data/yolov5/yolov5n.pt"), _work["detector.pth"]);

        FormatOf("classifier.pt").Should().Be("pluginprune.format-resnet/resnet");
        FormatOf("detector.pth").Should().Be("pluginprune.format-yolov5/yolov5");
        _work.Run("inspect", "--model", SharedData.PathOf("data/yolov5/bad/html-404.pt")).ShouldFail(2, "error: *html-404.pt*HTML*");
    }

    [SharedDataFact]
    public void A_pruned_detector_is_a_checkpoint_again_and_goes_on_to_other_formats()
    {
        string model = SharedData.PathOf("data/yolov5/yolov5n.pt");

        _work.Run("prune", "--criterion", "slim", "--global-percent", "0.3", "--model", model, "--no-measure", "--out", "small").ShouldSucceed();
        _work.Run("convert", "--to", "onnx", "--model", "small/yolov5n.pt", "--outputs", "decoded", "--out", "small.onnx").ShouldSucceed();

        _work.Entries.Should().Contain(["small/yolov5n.pt", "small/yolov5n.yaml", "small.onnx"]);
        FormatOf("small/yolov5n.pt").Should().Be("pluginprune.format-yolov5/yolov5");
    }

    private string FormatOf(string model)
    {
        JsonElement json = _work.Run("convert", "--to", "onnx", "--model", model, "--outputs", "raw", "--out", "o", "--force", "--json").ShouldSucceed().Json();
        return json.GetProperty("from").GetString()!;
    }
}
