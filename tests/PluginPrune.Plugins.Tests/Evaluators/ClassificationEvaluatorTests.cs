using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Data;
using PluginPrune.Core.Evaluation;
using PluginPrune.EvaluatorClassification;
using PluginPrune.HeadClassify;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators;

/// <summary>A network that takes a picture for the colour that is strongest in it.</summary>
public sealed class ClassificationEvaluatorTests
{
    private static readonly string[] Colors = ["red", "green", "blue"];

    private readonly List<string> _warnings = [];

    [Fact]
    public void Pictures_are_counted_by_what_they_show_and_what_they_are_taken_for()
    {
        Dataset dataset = Of(Colors, (0, 200, 10, 20), (0, 10, 200, 20), (1, 0, 99, 50), (2, 30, 20, 60), (2, 5, 60, 50), (2, 1, 2, 3));

        EvaluationResult result = Measure(dataset, ("top", "2"), ("batch", "4"));

        result.Metric("top-1").Should().BeApproximately(4.0 / 6, 1e-9);
        result.Metric("top-2").Should().BeApproximately(5.0 / 6, 1e-9, "of the second picture red comes last");
        result.Metric("right").Should().Be(4);
        result.Metric("pictures").Should().Be(6);
        MetricTable confusions = result.Tables.Single(static table => table.Title == "Taken for");
        confusions.Columns.Select(static column => column.Name).Should().Equal(Colors);
        confusions.Rows.Select(static row => row.Values.ToArray()).Should().BeEquivalentTo(new double[][] { [1, 1, 0], [0, 1, 0], [0, 1, 2] }, static options => options.WithStrictOrdering());
        MetricTable classes = result.Tables.Single(static table => table.Title == "Per class");
        classes.Rows.Single(static row => row.Name == "green").Values.Should().Equal(1, 1, 1.0 / 3, 1);
    }

    [Fact]
    public void Pictures_are_listed_where_asked_for()
    {
        Dataset dataset = Of(Colors, (0, 200, 10, 20), (0, 10, 200, 20), (2, 30, 20, 60));

        MetricTable listed = Measure(dataset, ("list-pictures", "true")).Tables.Single(static table => table.Title == "Pictures");

        listed.Rows.Select(static row => row.Name).Should().Equal(dataset.Items.Select(static item => item.Name));
        listed.Rows.Select(static row => (row.Values[0], row.Values[1])).Should().Equal((0, 0), (0, 1), (2, 2));
        listed.Rows.Should().OnlyContain(static row => row.Values[2] > 1.0 / 3 && row.Values[2] <= 1);
        Measure(dataset).Tables.Should().NotContain(static table => table.Title == "Pictures");
    }

    [Fact]
    public void Classes_are_brought_together_by_their_names_and_what_the_network_lacks_is_left_out()
    {
        Dataset dataset = Of(["blue", "mauve", "Red"], (0, 0, 0, 200), (1, 100, 0, 100), (2, 200, 0, 0));

        EvaluationResult result = Measure(dataset);

        result.Metric("pictures").Should().Be(2);
        result.Metric("top-1").Should().Be(1);
        _warnings.Should().ContainSingle().Which.Should().Contain("'mauve'").And.Contain("left out");
    }

    [Fact]
    public void Many_classes_show_the_confusions_that_are_most_frequent()
    {
        EvaluationResult result = Measure(Of(Colors, (0, 0, 9, 0), (0, 0, 8, 1), (2, 0, 8, 1), (1, 0, 8, 1)), ("most-confused", "2"));

        result.Tables.Single(static table => table.Title == "Most frequent confusions").Rows.Select(static row => (row.Name, row.Values[0]))
            .Should().Equal(("red, green", 2), ("blue, green", 1));
    }

    [Fact]
    public void What_cannot_be_measured_says_why()
    {
        Dataset objects = Of(Colors) with { Items = [Item("a.ppm", null, 1, 2, 3) with { Labels = [new ObjectLabel(1, new Box(0, 0, 1, 1))] }] };
        Refusal(objects, Network()).Should().Contain("objects").And.Contain("--evaluator detection");

        Network detector = Network().With(Network().Nodes, Network().Heads.Select(static head => head with { Kind = "yolo" }));
        Refusal(Of(Colors, (0, 1, 2, 3)), detector).Should().Contain("no head that classifies").And.Contain("yolo");
        Refusal(Of(["a", "b"], (0, 1, 2, 3)), Network([])).Should().Contain("Which class is which?");

        string Refusal(Dataset dataset, Network network) => Assert.Throws<EvaluationException>(() => Measure(dataset, network)).Message;
    }

    [Fact]
    public void Damaged_pictures_stop_the_work_or_are_passed_over_as_the_user_says()
    {
        Dataset dataset = Of(Colors, (0, 200, 10, 20), (1, 0, 200, 0));
        dataset = dataset with { Items = [dataset.Items[0], new DatasetItem("bad.jpg", static () => new MemoryStream([1, 2, 3]), []) { ClassIndex = 1 }, dataset.Items[1]] };

        Assert.Throws<Contracts.InputException>(() => Measure(dataset)).Message.Should().Contain("bad.jpg");
        Measure(dataset, Network(), new BadPictures(skip: true, _warnings.Add)).Metric("pictures").Should().Be(2);
    }

    private static Network Network(ImmutableArray<string>? names = null)
    {
        NodeOrigin origin = new("pool", "avgpool", null);
        return new Network(
            "colors",
            [new NetworkInput("input", new Shape(3, 4, 4), Preprocessing.Darknet)],
            [new Node("pool", new GlobalAveragePool(), ["input"], origin)],
            [new Head("classify", "classify", "pool", ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty, origin)])
        {
            ClassNames = names ?? [.. Colors],
        };
    }

    private static Dataset Of(string[] names, params (int Class, byte Red, byte Green, byte Blue)[] pictures) => new(
        "set", [.. names], [.. pictures.Select(static (picture, i) => Item($"{i}.ppm", picture.Class, picture.Red, picture.Green, picture.Blue))]);

    private static DatasetItem Item(string name, int? shown, byte red, byte green, byte blue)
    {
        byte[] file = [.. "P6\n2 2\n255\n"u8, red, green, blue, red, green, blue, red, green, blue, red, green, blue];
        return new DatasetItem(name, () => new MemoryStream(file), []) { ClassIndex = shown };
    }

    private EvaluationResult Measure(Dataset dataset, params (string, string)[] options) => Measure(dataset, Network(), null, options);

    private EvaluationResult Measure(Dataset dataset, Network network, BadPictures? bad = null, params (string, string)[] options)
    {
        var services = new EvaluationServices(
            static kind => kind == "classify" ? PluginFactory.Create<HeadClassifyPlugin, IHead>(kind) : Evaluations.FindHead(kind), bad);
        var context = new EvaluationContext([Evaluations.Subject(network)], services) { Dataset = dataset, Warn = _warnings.Add };
        return PluginFactory.Create<ClassificationEvaluatorPlugin, IEvaluator>("classification", options).Evaluate(context, CancellationToken.None).Single();
    }
}
