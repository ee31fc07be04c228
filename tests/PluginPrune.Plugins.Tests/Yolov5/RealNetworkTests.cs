using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Images;
using PluginPrune.DatasetYolo;
using PluginPrune.EvaluatorDetection;
using PluginPrune.HeadYolov5;
using PluginPrune.Plugins.Tests.Evaluators;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Yolov5;

/// <summary>Published checkpoints: what is in them, and what is found with them, is what Ultralytics' own code says.</summary>
public sealed class RealNetworkTests
{
    [SharedDataFact]
    public void Yolov5n_has_its_parameters_fused_or_not()
    {
        Network network = Read("yolov5n");

        NetworkCost.Of(network).Parameters.Should().Be(1_872_157);
        NetworkCost.Of(network).Gflops.Should().BeApproximately(4.47, 0.005);
        network.Nodes.Select(static node => node.Operation).OfType<Convolution>().Sum(static operation => (long)operation.Weight.Count + operation.OutputChannels).Should().Be(1_867_405);
        network.Nodes.Count(static node => node.Operation is Convolution).Should().Be(60);
        network.Nodes.Count(static node => node.Operation is BatchNorm).Should().Be(57);
        network.ClassNames.Should().HaveCount(80).And.StartWith("person").And.EndWith("toothbrush");
        network.Heads[0].Parameters["anchors"].Should().Equal(10, 13, 16, 30, 33, 23);
        network.Heads[2].Parameters["anchors"].Should().Equal(116, 90, 156, 198, 373, 326);
    }

    [SharedDataFact]
    public void Reading_takes_no_time()
    {
        Read("yolov5n");
        long start = Stopwatch.GetTimestamp();

        Read("yolov5n");

        // 4 MB; a checkpoint of 15 MB is to take less than 0.3 s.
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(0.3));
    }

    [SharedDataTheory]
    [InlineData("yolov5n")]
    [InlineData("shopping-yolov5n-v6.1-b")]
    public void Photos_show_what_ultralytics_sees(string name)
    {
        Network network = Read(name);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("data/expected-yolov5.json")));
        var settings = new DetectionSettings { Confidence = 0.25, Iou = 0.45, Clips = false };

        foreach (JsonProperty photo in expected.RootElement.GetProperty($"yolov5/{name}.pt").EnumerateObject())
        {
            string path = SharedData.PathOf($"data/photos/{photo.Name}.jpg");
            var placement = PicturePlacement.Letterbox(PictureInfo.Read(path).Size, new PictureSize(640, 640), 32);
            Network fitted = network.WithInputSize(placement.Network.Height, placement.Network.Width);

            DetectedPicture found = new DetectionRunner(fitted, DetectionHeads.Of(fitted, FindHead), settings)
                .Run(Evaluations.Engine(), [new PictureItem(path, () => File.OpenRead(path))], CancellationToken.None).Single();

            ShouldEqual(found, placement, photo.Value, network.ClassNames, photo.Name);
        }
    }

    [SharedDataFact]
    public void Validation_in_rectangular_batches_gives_the_figures_of_release_7()
    {
        Network read = Read("yolov5n");
        string[] names = [.. File.ReadAllLines(SharedData.PathOf("data/coco256-yolo/coco.names")).Where(static name => name.Length > 0)];
        var network = new Network(read.Name, read.Inputs, read.Nodes, read.Heads) { ClassNames = [.. names] };
        Dataset dataset = PluginFactory.Create<YoloPlugin, IDatasetFormat>("yolo").Open(
            new DatasetSource(SharedData.PathOf("data/coco256-yolo"), DatasetSource.Training, static _ => { }), CancellationToken.None);
        IEvaluator evaluator = PluginFactory.Create<DetectionEvaluatorPlugin, IEvaluator>("detection", ("variant", "yolov5-7.0"), ("rect-batch", "8"));
        var context = new EvaluationContext([Evaluations.Subject(network)], new EvaluationServices(FindHead, null)) { Dataset = dataset };

        EvaluationResult result = evaluator.Evaluate(context, CancellationToken.None).Single();

        result.Metric("pictures").Should().Be(128);
        result.Metric("mAP@0.5").Should().BeApproximately(0.5592, 0.0005);
        result.Metric("mAP@0.5:0.95").Should().BeApproximately(0.3642, 0.0005);
    }

    private static Network Read(string name) => Yolov5Sketch.ReadFile(SharedData.PathOf($"data/yolov5/{name}.pt"));

    private static IHead FindHead(string kind) => PluginFactory.Create<HeadYolov5Plugin, IHead>(kind);

    private static void ShouldEqual(DetectedPicture found, PicturePlacement placement, JsonElement expected, ImmutableArray<string> names, string photo)
    {
        var left = found.Detections.ToList();
        foreach (JsonElement wanted in expected.EnumerateArray())
        {
            double[] corners = [.. wanted.GetProperty("xyxy_letterboxed").EnumerateArray().Select(static number => number.GetDouble())];
            var box = new Box(corners[0], corners[1], corners[2], corners[3]);
            Detection match = left.Where(detection => names[detection.ClassIndex] == wanted.GetProperty("cls").GetString()).MaxBy(detection => placement.Transform.ToNetwork(detection.Box).Iou(box));
            Box inside = placement.Transform.ToNetwork(match.Box);

            match.Score.Should().BeApproximately(wanted.GetProperty("conf").GetDouble(), 2e-3, "of {0} on {1}", wanted, photo);
            double[] apart = [inside.Left - box.Left, inside.Top - box.Top, inside.Right - box.Right, inside.Bottom - box.Bottom];
            apart.Max(Math.Abs).Should().BeLessThan(0.5, "of {0} on {1}, found {2}", wanted, photo, match);
            left.Remove(match);
        }

        left.Should().BeEmpty("Ultralytics found no more on {0}", photo);
    }
}
