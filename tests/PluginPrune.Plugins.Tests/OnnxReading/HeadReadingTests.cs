using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>What outputs mean is told by a file's metadata, or plain from their shapes; pictures likewise.</summary>
public sealed class HeadReadingTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Rows_of_boxes_are_known_by_the_number_of_classes()
    {
        Network network = _files.Read(Detector(7, 3 * 64, rows: true).Metadata("names", "{0: 'person', 1: \"it's\"}"));

        network.ClassNames.Should().Equal("person", "it's");
        Head head = network.Heads.Should().ContainSingle().Subject;
        head.Kind.Should().Be("boxes");
        (head.Number("classes", 0), head.Number("objectness", 0), head.Number("columns", 1)).Should().Be((2, 1, 0));
        network.Inputs[0].Preprocessing.Resize.Should().Be(ResizeMode.Letterbox);
    }

    [Fact]
    public void Columns_of_boxes_are_known_by_the_number_of_places()
    {
        Network network = _files.Read(Detector(9, 64 + 16 + 4, rows: false));

        Head head = network.Heads.Should().ContainSingle().Subject;
        (head.Number("classes", 0), head.Number("objectness", 1), head.Number("columns", 0)).Should().Be((5, 0, 1));
    }

    [Fact]
    public void Outputs_of_unknown_meaning_have_no_head() => _files.Read(Detector(9, 50, rows: false)).Heads.Should().BeEmpty();

    [Fact]
    public void Rows_are_decoded()
    {
        var head = PluginFactory.Create<OnnxPlugin, IDetectionHead>("boxes");
        var candidates = new Candidates(2, 0.25);
        Network network = _files.Read(Detector(7, 3 * 64, rows: true).Metadata("names", "['a', 'b']"));

        head.Decode(network.Heads[0], network.Inputs[0].Shape, new Shape(3, 7), [10, 20, 4, 6, 0.9f, 0.5f, 0.1f, 1, 1, 1, 1, 0.2f, 1, 1, 1, 1, 1, 1, 1, 0.1f, 0.2f], candidates);

        candidates.Count.Should().Be(1);
        candidates.BoxAt(0).Should().Be(new Box(8, 17, 12, 23));
        candidates.ObjectnessAt(0).Should().Be(0.9f);
        candidates.ClassScoresAt(0).ToArray().Should().Equal(0.5f, 0.1f);
        head.Describe(network.Heads[0], new Shape(3, 7)).Classes.Should().Be(2);
    }

    [Fact]
    public void Columns_are_decoded()
    {
        var head = PluginFactory.Create<OnnxPlugin, IDetectionHead>("boxes");
        var candidates = new Candidates(2, 0.25);
        Network network = _files.Read(Detector(6, 64 + 16 + 4, rows: false));

        head.Decode(network.Heads[0], network.Inputs[0].Shape, new Shape(6, 2), [10, 1, 20, 1, 4, 1, 6, 1, 0.1f, 0.2f, 0.8f, 0.2f], candidates);

        candidates.Count.Should().Be(1);
        candidates.BoxAt(0).Should().Be(new Box(8, 17, 12, 23));
        candidates.ClassScoresAt(0).ToArray().Should().Equal(0.1f, 0.8f);
        new Action(() => head.Describe(network.Heads[0], new Shape(7, 2))).Should().Throw<HeadException>().WithMessage("*2 classes reads columns of 6 numbers*");
    }

    [Fact]
    public void A_vector_at_the_end_is_classes_and_its_softmax_is_left_to_the_head()
    {
        Network network = _files.Read(new OnnxSketch().Input("x", "N", 3, 16, 16).Node("GlobalAveragePool", "x", "g").Node("Flatten", "g", "f").Weights("w", 3, 5)
            .Node("MatMul", ["f", "w"], ["l"]).Node("Softmax", "l", "y", ("axis", 1)).Output("y"));

        Head head = network.Heads.Should().ContainSingle().Subject;
        (head.Kind, head.Input, head.Number("classes", 0)).Should().Be(("classify", "l", 5));
        Onnx.OnnxFile.Of(network).Outputs.Should().Equal("y [batch, 5]");
        new Action(() => Cropping.Crops.Of(network, string.Empty, "0")).Should().Throw<Core.Surgery.CropException>().Which.Message.Should().EndWith("they all stay.", "nothing else can be done for a classifier");
        _files.Warnings.Should().ContainSingle().Which.Should().Contain("--mean");
    }

    [Fact]
    public void Means_and_deviations_may_be_given_where_the_file_does_not_tell_them()
    {
        OnnxSketch sketch = new OnnxSketch().Input("x", 1, 3, 16, 16).Node("GlobalAveragePool", "x", "g").Node("Flatten", "g", "y").Output("y");

        Network network = _files.Read(sketch.Bytes, ("mean", "0.4,0.5,0.6"), ("std", "0.1,0.2,0.3"));

        network.Inputs[0].Preprocessing.Mean.Should().Equal(0.4, 0.5, 0.6);
        _files.Warnings.Should().BeEmpty();
        new Action(() => _files.Read(sketch.Bytes, ("std", "0,1,1"))).Should().Throw<PluginPrune.Contracts.Options.OptionException>().WithMessage("*above 0*");
    }

    [Fact]
    public void Open_sizes_are_those_of_the_metadata_or_of_the_option()
    {
        OnnxSketch sketch = new OnnxSketch().Input("x", "N", 3, "h", "w").Node("Relu", "x", "y").Output("y");

        _files.Read(sketch.Bytes, ("open-size", "64x32")).Inputs[0].Shape.Should().Be(new Shape(3, 32, 64));
        _files.Read(sketch.Metadata("imgsz", "[16, 24]")).Inputs[0].Shape.Should().Be(new Shape(3, 16, 24));
    }

    [Fact]
    public void Metadata_that_nobody_understands_are_carried_along()
    {
        Network network = _files.Read(new OnnxSketch().Input("x", 1, 3, 16, 16).Node("Relu", "x", "y").Output("y").Metadata("author", "somebody").Metadata("preprocessing", "{oh"));

        _files.Warnings.Should().ContainSingle().Which.Should().Contain("'preprocessing'");
        Onnx.OnnxFile.Of(network).Metadata.Should().Contain("author", "somebody");
    }

    [Theory]
    [InlineData("[{'output': null, 'kind': 'yolo', 'classes': [2]}]")]
    [InlineData("[{'output': 'y', 'kind': null, 'classes': [2]}]")]
    [InlineData("[{'output': 'y', 'kind': '', 'classes': [2]}]")]
    [InlineData("[{'output': 'y', 'kind': 'yolo', 'classes': ['two']}]")]
    [InlineData("[{'output': 'y', 'kind': 'yolo', 'classes': [2]}, {'output': 'y', 'kind': 'yolo', 'classes': [2]}]")]
    public void Heads_that_cannot_be_are_left_alone(string heads)
    {
        Network network = _files.Read(new OnnxSketch().Input("x", 1, 3, 16, 16).Conv("x", "y", 3, 7).Output("y").Metadata("heads", heads.Replace('\'', '"')));

        network.Heads.Should().BeEmpty();
        _files.Warnings.Should().ContainSingle().Which.Should().Contain("'heads'");
    }

    [Fact]
    public void Of_a_parameter_that_stands_twice_the_last_counts()
    {
        Network network = _files.Read(new OnnxSketch().Input("x", 1, 3, 16, 16).Conv("x", "y", 3, 7).Output("y").Metadata("heads", """[{"output": "y", "kind": "yolo", "classes": [3], "classes": [2]}]"""));

        network.Heads.Should().ContainSingle().Which.Number("classes", 0).Should().Be(2);
    }

    // No detector: what comes out has the shape that counts.
    private static OnnxSketch Detector(int numbers, int boxes, bool rows) => new OnnxSketch().Input("x", 1, 3, 64, 64)
        .Node("GlobalAveragePool", "x", "g").Conv("g", "c", 3, numbers * boxes).Integers("shape", rows ? [1, boxes, numbers] : [1, numbers, boxes]).Node("Reshape", ["c", "shape"], ["y"]).Output("y");
}
