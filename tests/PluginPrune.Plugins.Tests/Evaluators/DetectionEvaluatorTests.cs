using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.DatasetYolo;
using PluginPrune.EvaluatorDetection;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators;

public sealed class DetectionEvaluatorTests
{
    private static readonly DetectionSettings Alike = new() { Confidence = 0.001, Iou = 0.65, IsMultiLabel = true };

    // The expected figures came out of OpenCV's DNN module, whose region layer drops scores up to 0.2 unless the cfg says
    // otherwise, and were integrated as YOLOv5 does.
    [SharedDataTheory]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1-xl", "darknet/yolo-fastest/coco.names", 0.4472, 0.2541)]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1", "darknet/yolo-fastest/coco.names", 0.3447, 0.1901)]
    [InlineData("darknet/mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc", "darknet/mobilenetv2-yolo/voc.names", 0.3473, 0.1826)]
    public void Real_networks_reach_on_real_photos_what_opencv_reaches_with_them(string name, string classNames, double map50, double map)
    {
        Network network = Evaluations.ReadShared(name, classNames);
        Dataset dataset = PluginFactory.Create<YoloPlugin, IDatasetFormat>("yolo").Open(
            new DatasetSource(SharedData.PathOf("data/coco256-yolo"), DatasetSource.Training, static _ => { }), CancellationToken.None);
        IEvaluator evaluator = PluginFactory.Create<DetectionEvaluatorPlugin, IEvaluator>(
            "detection", ("variant", "yolov5-6.2"), ("conf", "0.2"), ("iou", "0.6"), ("resize", "stretch"), ("interpolation", "bilinear"), ("clip", "false"));

        EvaluationResult result = evaluator.Evaluate(Evaluations.Context(dataset, null, Evaluations.Subject(network)), CancellationToken.None).Single();

        result.Metric("pictures").Should().Be(128);
        result.Metric("mAP@0.5").Should().BeApproximately(map50, 0.003);
        result.Metric("mAP@0.5:0.95").Should().BeApproximately(map, 0.003);
    }

    [Theory]
    [InlineData("coco")]
    [InlineData("voc")]
    [InlineData("voc-11")]
    [InlineData("yolov3-scripts")]
    [InlineData("yolov5-5.0")]
    [InlineData("yolov5-6.0")]
    [InlineData("yolov5-6.2")]
    [InlineData("yolov5-7.0")]
    public void A_network_judged_by_its_own_detections_is_nearly_perfect(string variant)
    {
        (Dataset dataset, EvaluationSubject subject) = Own();
        var warnings = new List<string>();
        var progress = new List<double>();
        EvaluationContext context = new([subject, subject with { Name = "again" }], Evaluations.Services())
        {
            Dataset = dataset,
            Warn = warnings.Add,
            Progress = progress.Add,
        };
        IEvaluator evaluator = PluginFactory.Create<DetectionEvaluatorPlugin, IEvaluator>(
            "detection", ("variant", variant), ("conf", "0.001"), ("iou", "0.65"), ("suppression", "per-class"), ("multi-label", "true"), ("resize", "stretch"), ("interpolation", "bilinear"));

        ImmutableArray<EvaluationResult> results = evaluator.Evaluate(context, CancellationToken.None);

        evaluator.Needs.Should().Be(EvaluationNeeds.Engine | EvaluationNeeds.Labels | EvaluationNeeds.Pictures);
        results.Should().HaveCount(2);
        results[0].Metrics.Select(static metric => (metric.Name, metric.Value)).Should().Equal(results[1].Metrics.Select(static metric => (metric.Name, metric.Value)));
        results[0].Metrics[0].Name.Should().Be("mAP@0.5");
        results[0].Metric("recall").Should().BeGreaterThan(0.6);

        // Curves of some variants drop to 0 right at recall 1, and a few boxes of one class lie on each other.
        results[0].Metric("mAP@0.5:0.95").Should().BeGreaterThan(0.9);
        warnings.Should().BeEmpty();
        progress.Should().BeInAscendingOrder().And.EndWith(1).And.OnlyContain(static share => share > 0 && share <= 1);
    }

    [Fact]
    public void Tables_and_curves_tell_every_class()
    {
        (Dataset dataset, EvaluationSubject subject) = Own();
        IEvaluator evaluator = PluginFactory.Create<DetectionEvaluatorPlugin, IEvaluator>("detection", ("match-iou", "0.3"));

        EvaluationResult result = evaluator.Evaluate(Evaluations.Context(dataset, null, subject), CancellationToken.None).Single();

        MetricTable table = result.Tables.Single();
        table.Rows.Should().OnlyContain(row => row.Values.Length == table.Columns.Length);
        table.Rows.Select(static row => row.Name).Should().StartWith(["class 0", "class 1"]);
        int[] objects = [.. dataset.Items.SelectMany(static item => item.Labels).GroupBy(static label => label.ClassIndex).OrderBy(static group => group.Key).Select(static group => group.Count())];
        table.Rows.Select(static row => row.Values[0]).Where(static count => count > 0).Should().Equal(objects.Select(static count => (double)count));
        table.Rows.Where(static row => row.Values[0] == 0 && !(double.IsNaN(row.Values[2]) && double.IsNaN(row.Values[6]))).Should().BeEmpty();
        result.Metrics[0].Name.Should().Be("mAP@0.3");
        double[] ofClasses = [.. table.Rows.Select(static row => row.Values[2]).Where(double.IsFinite)];
        result.Metrics[0].Value.Should().BeApproximately(ofClasses.Average(), 1e-12);
        result.Curves.Should().HaveCount(objects.Length + 2);
        result.Curves.Should().OnlyContain(static curve => curve.X.Length == curve.Y.Length && curve.X.SequenceEqual(curve.X.Order()));
    }

    [Fact]
    public void Pictures_without_objects_give_no_precision_and_a_warning()
    {
        (Dataset dataset, EvaluationSubject subject) = Own();
        var warnings = new List<string>();
        Dataset empty = dataset with { Items = [.. dataset.Items.Select(static item => item with { Labels = [] })] };

        EvaluationResult result = PluginFactory.Create<DetectionEvaluatorPlugin, IEvaluator>("detection")
            .Evaluate(Evaluations.Context(empty, warnings, subject), CancellationToken.None).Single();

        result.Metrics.Where(static metric => metric.Direction == MetricDirection.Higher).Should().OnlyContain(static metric => double.IsNaN(metric.Value));
        result.Metric("objects").Should().Be(0);
        warnings.Should().ContainSingle().Which.Should().Contain("no mean average precision");
    }

    [Fact]
    public void Without_a_dataset_nothing_is_measured()
    {
        (_, EvaluationSubject subject) = Own();

        Action measure = () => PluginFactory.Create<DetectionEvaluatorPlugin, IEvaluator>("detection")
            .Evaluate(Evaluations.Context(null, null, subject), CancellationToken.None);

        measure.Should().Throw<EvaluationException>().Which.Message.Should().Contain("--data");
    }

    /// <summary>The sample network, and pictures labelled with the best of what it finds on them.</summary>
    private static (Dataset Dataset, EvaluationSubject Subject) Own()
    {
        EvaluationSubject subject = Evaluations.Subject(Evaluations.ReadSample());
        DatasetItem[] items = [.. Enumerable.Range(0, 4).Select(static i => Evaluations.Item($"{i}.ppm", PictureFiles.Ppm(120 + (9 * i), 100, i)))];
        var bare = new Dataset("own", [], [.. items]);
        EvaluationContext context = Evaluations.Context(bare, null, subject);
        return (
            bare with
            {
                Items =
                [
                    .. context.Services.Detect(context, subject, Alike, CancellationToken.None)
                        .Select(static picture => picture.Item with { Labels = [.. picture.Detections.Take(30).Select(static detection => new ObjectLabel(detection.ClassIndex, detection.Box))] }),
                ],
            },
            subject);
    }
}
