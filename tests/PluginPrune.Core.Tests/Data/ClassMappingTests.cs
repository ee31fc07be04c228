using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Data;

namespace PluginPrune.Core.Tests.Data;

public sealed class ClassMappingTests
{
    private static readonly string[] VocNames =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
        "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    private static readonly string[] CocoNames = ["person", "airplane", "Dining Table", "potted_plant", "TV", "couch", "motor-cycle", "zebra"];

    [Fact]
    public void Names_are_one_however_they_are_written()
    {
        ClassMapping mapping = ClassMapping.Between(Make(CocoNames), [.. VocNames], 20);

        Enumerable.Range(0, 8).Select(mapping.ToNetwork).Should().Equal(14, 0, 10, 15, 19, 17, 13, null);
        mapping.Missing.Should().Equal("zebra");
        mapping.Unused.Should().HaveCount(13).And.StartWith("bicycle");
    }

    [Fact]
    public void And_the_other_way_round()
    {
        ClassMapping mapping = ClassMapping.Between(Make(VocNames), [.. CocoNames], 8);

        mapping.ToNetwork(0).Should().Be(1);
        mapping.ToNetwork(17).Should().Be(5);
        mapping.ToNetwork(1).Should().BeNull();
        mapping.Unused.Should().Equal("zebra");
    }

    [Fact]
    public void The_very_name_comes_before_a_synonym() =>
        ClassMapping.Between(Make("sofa", "couch"), ["couch", "sofa"], 2).ToNetwork(0).Should().Be(1);

    [Fact]
    public void Labels_are_counted_as_the_network_does_and_others_left_out()
    {
        ClassMapping mapping = ClassMapping.Between(Make(CocoNames), [.. VocNames], 20);

        mapping.Apply([Label(7), Label(1), Label(0)]).Select(static label => label.ClassIndex).Should().Equal(0, 14);
    }

    [Fact]
    public void Without_names_the_index_decides()
    {
        ClassMapping.Between(Make("a", "b"), [], 2).ToNetwork(1).Should().Be(1);
        ClassMapping.Between(Make([], 0, 1), ["a", "b"], 2).ToNetwork(1).Should().Be(1);
        ClassMapping.Between(Make([], 0, 1), default, 80).ToNetwork(1).Should().Be(1);
    }

    [Fact]
    public void What_cannot_be_told_is_refused()
    {
        Refusal(Make("a", "b", "c"), [], 80).Should().Be("Which class is which? The dataset 'set' has 3 (a, b, c); the network has 80 without names. Give the network's names, in its order (--names FILE).");
        Refusal(Make([], 3), ["a", "b"], 2).Should().Be("Which class is which? The dataset 'set' has a class 3 and no names; the network has 2 (a, b). Give the dataset's names, in its order; --class-names FILE does so for YOLO's labels.");
        Refusal(Make("a", "b"), ["x", "y"], 2).Should().Be("The dataset 'set' and the network have no class in common: there 2 (a, b), here 2 (x, y).");
        Refusal(Make("a"), ["x"], 2).Should().Be("The network has 2 classes, and 1 names are given for them. Give one for each.");
    }

    private static string Refusal(Dataset dataset, ImmutableArray<string> names, int classes) =>
        Assert.Throws<EvaluationException>(() => ClassMapping.Between(dataset, names, classes)).Message;

    private static Dataset Make(params string[] names) => Make(names, labels: []);

    private static Dataset Make(string[] names, params int[] labels) =>
        new("set", [.. names], [new DatasetItem("a.jpg", () => Stream.Null, [.. labels.Select(Label)])]);

    private static ObjectLabel Label(int index) => new(index, new Box(0, 0, 1, 1));
}
