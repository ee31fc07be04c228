using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;
using PluginPrune.DatasetYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>Real sets, whose counts are known from elsewhere.</summary>
public sealed class YoloRealDataTests : IDisposable
{
    private readonly DatasetScratch<YoloPlugin> _work = new("yolo");

    public void Dispose() => _work.Dispose();

    [SharedDataFact]
    public void Coco256()
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/coco256-yolo"), "train");

        dataset.Items.Should().HaveCount(128);
        dataset.Items.Sum(static item => item.Labels.Length).Should().Be(929);
        dataset.ClassNames.Should().HaveCount(80).And.StartWith("person").And.EndWith("toothbrush");
        dataset.Items.SelectMany(static item => item.Faults).Should().OnlyContain(static fault => fault.Kind == "no label file").And.HaveCount(2);
        dataset.Faults.Should().OnlyContain(static fault => fault.Kind == "labels without a picture").And.HaveCount(2);
    }

    [SharedDataFact]
    public void Coco256_as_a_network_of_the_VOC_classes_sees_it()
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/coco256-yolo"), "train");
        string[] voc =
        [
            "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
            "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
        ];

        var mapping = ClassMapping.Between(dataset, [.. voc], voc.Length);

        dataset.Items.Sum(item => mapping.Apply(item.Labels).Length).Should().Be(452);
        mapping.Missing.Should().HaveCount(60);
        mapping.Unused.Should().BeEmpty();
    }

    [SharedDataTheory]
    [InlineData("train", 4)]
    [InlineData("val", 4)]
    [InlineData("all", 8)]
    public void Coco8(string split, int pictures)
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/coco8"), split);

        dataset.Items.Should().HaveCount(pictures).And.OnlyContain(static item => item.Faults.IsEmpty);
        if (split == "all")
        {
            dataset.Items.Sum(static item => item.Labels.Length).Should().Be(30);
        }
    }

    [SharedDataFact]
    public void Sharks_with_polygons_and_somebody_elses_paths()
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/roboflow-samples/sharks-tiny-yolov9"), "all");

        dataset.ClassNames.Should().Equal("fish", "primary", "shark");
        dataset.Items.Should().HaveCount(10);
        dataset.Items.Sum(static item => item.Labels.Length).Should().Be(60);
        dataset.Items.Sum(static item => File.ReadLines(item.LabelFile!).Count(static line => line.Split(' ').Length > 5)).Should().Be(17);
        dataset.Items.SelectMany(static item => item.Faults).Should().BeEmpty();
        _work.Warnings.Should().HaveCount(3).And.OnlyContain(static warning => warning.Contains("is taken in its place", StringComparison.Ordinal));
    }
}
