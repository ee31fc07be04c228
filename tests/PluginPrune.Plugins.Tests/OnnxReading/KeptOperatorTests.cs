using PluginPrune.Contracts;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineManaged;
using PluginPrune.Plugins.Tests.Onnx;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using PluginPrune.TestKit;
using static PluginPrune.Plugins.Tests.OnnxReading.OnnxSketch;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>What no operation says stays as it is: opaque in the network, verbatim in the file, and run by ONNX Runtime.</summary>
public sealed class KeptOperatorTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void An_operator_that_nobody_knows_needs_a_shape_that_the_file_tells() =>
        new Action(() => _files.Read(Picture().Node("Frobnicate", "x", "y").Node("Relu", "y", "z").Output("z")))
            .Should().Throw<InputException>().WithMessage("*operator 'y node' (Frobnicate, opset 13): *does not tell the shape of its output 'y'*");

    [Fact]
    public void It_is_kept_where_the_file_tells_it_and_written_for_its_own_version_alone()
    {
        Network network = _files.Read(new OnnxSketch(16).Input("x", 1, 3, 16, 16).Node("Frobnicate", "x", "y", ("depth", 3)).Output("y", 1, 5, 8, 8));

        network["y"].Operation.Should().BeOfType<Opaque>().Which.Output.Should().Be(new Shape(5, 8, 8));
        OnnxFile.Of(network).Opset.Should().Be(16);
        OnnxFile.Format(("opset", "13")).FindObstacles(network).Should().ContainSingle().Which.Should().Match("*y node*Frobnicate is kept as it was read, for opset 16; write that with --opset 16.");
    }

    [Fact]
    public void Its_settings_and_constants_are_written_again()
    {
        Network network = _files.Read(Picture().Conv("x", "c", 3, 4).Weights("k", 1, 4, 16, 16).Node("Mul", ["c", "k"], ["m"]).Node("ReduceMax", "m", "y", ("axes", Ints(1))).Output("y"));

        OnnxFile older = OnnxFile.Of(network);
        OnnxFile newer = OnnxFile.Of(network, ("opset", "18"));

        older.Operators.Should().Equal("Conv", "Mul", "ReduceMax");
        newer.Tensors.Length.Should().Be(older.Tensors.Length + 1, "the axes are an input from version 18 on");
    }

    [Fact]
    public void Other_sizes_of_pictures_are_refused_where_it_was_made_for_one()
    {
        Network network = _files.Read(Picture().Conv("x", "c", 3, 4).Node("Erf", "c", "y").Output("y")).WithInputSize(32, 32);

        OnnxFile.Format().FindObstacles(network).Should().ContainSingle().Which.Should().Match("*Erf is kept as it was read, for 4 x 16 x 16; it would get 4 x 32 x 32.");
    }

    [Fact]
    public void Half_precision_is_refused_where_it_was_made_for_single() =>
        OnnxFile.Format(("half", "true")).FindObstacles(_files.Read(Picture().Conv("x", "c", 3, 4).Node("Erf", "c", "y").Output("y")))
            .Should().ContainSingle().Which.Should().Match("*y node*opaque 'Erf' is kept as it was read, in single precision; leave --half out.");

    [Fact]
    public void Engines_that_do_not_know_it_say_which_it_is()
    {
        Network network = _files.Read(Picture().Conv("x", "c", 3, 4).Node("Erf", "c", "y").Output("y"));

        new Action(() => PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed").Compile(network).Run(
            [Ort.Pictures(1, new Shape(3, 16, 16))], ["y"], CancellationToken.None)).Should().Throw<NotSupportedException>().WithMessage("*y node*opaque 'Erf'*");
    }

    [OnnxRuntimeTheory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(18)]
    public void A_tail_that_decodes_boxes_computes_what_the_file_computes(int opset)
    {
        byte[] file = Tail(opset).Bytes;
        Network network = _files.Read(file);

        network.Nodes.Should().Contain(static node => node.Operation is Opaque);
        ShouldAgree(file, network, pictures: 1);
        ShouldAgree(OnnxFile.Write(network), network, pictures: 1);
        ShouldAgree(OnnxFile.Write(network, ("opset", "21")), network, pictures: 1);
    }

    [OnnxRuntimeFact]
    public void Several_pictures_at_once_stay_apart()
    {
        Network network = _files.Read(Tail(13));
        using IExecutable<float> executable = Ort.Create().Compile(network);
        Batch<float> two = Ort.Pictures(2, new Shape(3, 16, 16));

        Batch<float> both = executable.Run([two], ["y"], CancellationToken.None)[0];
        Batch<float> second = executable.Run([new Batch<float>(1, two.Shape, two[1].ToArray())], ["y"], CancellationToken.None)[0];

        Ort.Difference(both[1], second[0]).Should().BeLessThan(1e-6);
    }

    internal static void ShouldAgree(byte[] file, Network network, int pictures)
    {
        Batch<float> input = Ort.Pictures(pictures, network.Inputs[0].Shape);
        string[] outputs = [.. network.Nodes.Where(node => network.ConsumersOf(node.Id).IsEmpty).Select(static node => node.Id)];
        using var session = new OnnxSession(file);
        using IExecutable<float> executable = Ort.Create().Compile(network);

        float[][] expected = session.Run(network.Inputs[0].Name, input, [.. outputs.Select(output => (output, network.ShapeOf(output)))]);
        var actual = executable.Run([input], outputs, CancellationToken.None);

        for (int i = 0; i < outputs.Length; i++)
        {
            Ort.Difference(actual[i].Elements, expected[i]).Should().BeLessThan(1e-5, "of {0}", outputs[i]);
        }
    }

    // Two anchors of x, y, w, h, objectness on a map of 16 x 16, as YOLOv5 exports them.
    private static OnnxSketch Tail(int opset)
    {
        OnnxSketch sketch = Picture(opset).Conv("x", "c", 3, 10, 3, ("pads", Ints(1, 1, 1, 1))).Integers("apart", 1, 2, 5, 16, 16).Integers("rows", 1, -1, 5)
            .Weights("grid", 1, 2, 16, 16, 2).Number("two", 2).Number("half", 0.5f).Weights("anchors", 1, 2, 1, 1, 2)
            .Node("Reshape", ["c", "apart"], ["r"]).Node("Transpose", "r", "t", ("perm", Ints(0, 1, 3, 4, 2))).Node("Sigmoid", "t", "s");
        sketch = opset >= 13
            ? sketch.Integers("sizes", 2, 2, 1).Node("Split", ["s", "sizes"], ["xy", "wh", "o"], ("axis", 4))
            : sketch.Node("Split", ["s"], ["xy", "wh", "o"], ("axis", 4), ("split", Ints(2, 2, 1)));
        return sketch.Node("Mul", ["xy", "two"], ["xy2"]).Node("Add", ["xy2", "grid"], ["xyg"]).Node("Sub", ["xyg", "half"], ["centre"])
            .Node("Mul", ["wh", "two"], ["wh2"]).Node("Pow", ["wh2", "two"], ["whs"]).Node("Mul", ["whs", "anchors"], ["size"])
            .Node("Concat", ["centre", "size", "o"], ["all"], ("axis", 4)).Node("Reshape", ["all", "rows"], ["y"]).Output("y", 1, 512, 5);
    }

    private static OnnxSketch Picture(int opset = 13) => new OnnxSketch(opset).Input("x", 1, 3, 16, 16);
}
