using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Images;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators;

/// <summary>What OpenCV's DNN module finds on real photos with real networks is found here too.</summary>
public sealed class RealDetectionTests
{
    [SharedDataTheory]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1", "darknet/yolo-fastest/coco.names")]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1-xl", "darknet/yolo-fastest/coco.names")]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1_body", "darknet/yolo-fastest/body.names")]
    [InlineData("darknet/mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc", "darknet/mobilenetv2-yolo/voc.names")]
    public void Photos_show_what_opencv_sees(string name, string classNames)
    {
        Network network = Evaluations.ReadShared(name, classNames);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("data/expected-darknet.json")));
        JsonProperty[] photos = [.. expected.RootElement.GetProperty(name).EnumerateObject()];
        PictureItem[] items = [.. photos.Select(static photo => SharedData.PathOf($"data/photos/{photo.Name}.jpg")).Select(static path => new PictureItem(path, () => File.OpenRead(path)))];
        var settings = new DetectionSettings { Confidence = 0.25, Iou = 0.45, Clips = false };

        DetectedPicture[] found = [.. new DetectionRunner(network, DetectionHeads.Of(network, Evaluations.FindHead), settings)
            .Run(Evaluations.Engine(), items, CancellationToken.None)];

        for (int i = 0; i < photos.Length; i++)
        {
            ShouldEqual(found[i].Detections, photos[i].Value, network.ClassNames, photos[i].Name);
        }
    }

    // One network finds bodies only, which the expectations call persons.
    private static string NameOf(Detection detection, ImmutableArray<string> names) => names is ["body"] ? "person" : names[detection.ClassIndex];

    private static void ShouldEqual(ImmutableArray<Detection> found, JsonElement expected, ImmutableArray<string> names, string photo)
    {
        var left = found.ToList();
        foreach (JsonElement wanted in expected.EnumerateArray())
        {
            double[] xywh = [.. wanted.GetProperty("xywh").EnumerateArray().Select(static number => number.GetDouble())];
            Box box = new(xywh[0], xywh[1], xywh[0] + xywh[2], xywh[1] + xywh[3]);
            Detection match = left.Where(detection => NameOf(detection, names) == wanted.GetProperty("cls").GetString()).MaxBy(detection => detection.Box.Iou(box));

            match.Score.Should().BeApproximately(wanted.GetProperty("conf").GetDouble(), 0.01, "of {0} on {1}", wanted, photo);
            double[] apart = [match.Box.Left - box.Left, match.Box.Top - box.Top, match.Box.Right - box.Right, match.Box.Bottom - box.Bottom];
            apart.Max(Math.Abs).Should().BeLessThan(2, "of {0} on {1}, found {2}", wanted, photo, match);
            left.Remove(match);
        }

        left.Should().BeEmpty("OpenCV found no more on {0}", photo);
    }
}
