using PluginPrune.Contracts;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Plugins.Tests.Onnx;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using static PluginPrune.Plugins.Tests.OnnxReading.OnnxSketch;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>A file for a fixed number of pictures at once is read for one of them, and written for as many.</summary>
public sealed class FixedBatchTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [OnnxRuntimeTheory]
    [InlineData(0)]
    [InlineData(0.25f)]
    public void It_is_written_for_as_many_and_computes_the_same(float astray)
    {
        // Shapes and grids tell the number of pictures; astray, the tail is kept as it is.
        byte[] file = new Yolov5Exports { Pictures = 3, Astray = astray }.Bytes;

        Network read = _files.Read(file);
        byte[] again = OnnxFile.Write(read);

        read.Nodes.Any(static node => node.Operation is Opaque).Should().Be(astray != 0);
        new OnnxFile(again).Inputs.Should().Equal("images [3, 3, 32, 48]");
        new OnnxFile(again).Outputs.Should().Equal("output [3, 60, 8]");
        Ort.Difference(Run(again, 3), Run(file, 3)).Should().BeLessThan(1e-5);
        _files.Read(again).Inputs[0].Shape.Should().Be(new Shape(3, 32, 48));
        using IExecutable<float> executable = Ort.Create().Compile(read);
        executable.Run([Ort.Pictures(2, read.Inputs[0].Shape)], [read.Outputs[0]], CancellationToken.None)[0].Size.Should().Be(2, "engines take any number");
    }

    [OnnxRuntimeFact]
    public void It_is_written_for_another_number_where_that_is_said()
    {
        Network read = _files.Read(new Yolov5Exports { Pictures = 3 }.Bytes);

        OnnxFile.Of(read, ("fixed-batch", "5")).Inputs.Should().Equal("images [5, 3, 32, 48]");
        OnnxFile.Of(read, ("dynamic-batch", "true")).Inputs.Should().Equal("images [batch, 3, 32, 48]");
        OnnxFile.Of(read, ("dynamic-batch", "false")).Inputs.Should().Equal("images [1, 3, 32, 48]");
        OnnxFile.Of(OnnxNetworks.Detector(), ("fixed-batch", "4"), ("outputs", "decoded")).Outputs.Should().Equal(OnnxFile.Of(OnnxNetworks.Detector(), ("outputs", "decoded")).Outputs.Select(static output => output.Replace("[1,", "[4,", StringComparison.Ordinal)));
        new Action(() => OnnxFile.Format(("fixed-batch", "5000"))).Should().Throw<Exception>("no file of so many could be read again").WithMessage("*fixed-batch*4096*");
        Run(OnnxFile.Write(read, ("fixed-batch", "5")), 5).Should().HaveCount(5 * 60 * Yolov5Exports.Row);
        OnnxFile.Format(("fixed-batch", "5"), ("dynamic-batch", "true")).FindObstacles(read).Should().ContainSingle().Which.Should().Be(
            "--fixed-batch 5 and --dynamic-batch say different things of how many pictures the file takes at once. Leave one of them.");
    }

    [Fact]
    public void Shapes_that_the_file_computes_are_those_of_its_pictures()
    {
        OnnxSketch sketch = Four().Conv("x", "c", 3, 8).Node("Shape", "c", "s").Integers("at", 0, 1).Node("Gather", ["s", "at"], ["front"]).Integers("back", -1).Node("Concat", ["front", "back"], ["shape"], ("axis", 0))
            .Node("Reshape", ["c", "shape"], ["r"]).Integers("larger", 4, 8, 256).Node("Expand", ["r", "larger"], ["e"]).Node("ReduceSum", ["e"], ["y"], ("axes", Ints(2)));

        Network read = _files.Read(sketch.Output("y"));

        read.ShapeOf("y").Should().Be(new Shape(8, 1));
        OnnxFile.Of(read).Inputs.Should().Equal("x [4, 3, 16, 16]");
    }

    [Fact]
    public void A_number_that_is_that_of_the_pictures_by_chance_stays()
    {
        OnnxSketch sketch = Four().Conv("x", "c", 3, 1).Integers("shape", 4, 16, 16).Node("Expand", ["c", "shape"], ["e"])
            .Integers("zero", 0).Integers("all", 4).Node("Slice", ["e", "zero", "all", "zero"], ["y"]);

        _files.Read(sketch.Output("y")).ShapeOf("y").Should().Be(new Shape(4, 16, 16));
    }

    [Fact]
    public void Pictures_that_are_put_together_are_refused()
    {
        Refuse(Four().Integers("shape", 1, 12, 16, 16).Node("Reshape", ["x", "shape"], ["y"]), "*operator 'y node' (Reshape*4 pictures*into one*");
        Refuse(Four().Integers("zero", 0).Integers("one", 1).Node("Slice", ["x", "zero", "one", "zero"], ["y"]), "*operator 'y node' (Slice*takes some of the 4 pictures*");
        Refuse(Four().Integers("front", 0).Integers("back", -1).Integers("minus", -4).Node("Slice", ["x", "front", "back", "minus"], ["y"]), "*operator 'y node' (Slice*takes some of the 4 pictures*");
        Refuse(Four().Integers("shape", 2, 1, 1, 1, 1).Node("Expand", ["x", "shape"], ["y"]), "*operator 'y node' (Expand*4 pictures*into one*");
        Refuse(Four().Node("Flatten", "x", "y", ("axis", 0)), "*operator 'y node' (Flatten*4 pictures*into one*");
        Refuse(Four().Weights("k", 4, 3, 16, 16).Node("Mul", ["x", "k"], ["y"]), "*operator 'y node' (Mul*another for each of the 4 pictures*");
        Refuse(Four().Input("z", 2, 3, 16, 16).Node("Add", ["x", "z"], ["y"]), "*'x' [4, 3, 16, 16] and 'z' [2, 3, 16, 16]*the same for all inputs*");
    }

    private static OnnxSketch Four() => new OnnxSketch().Input("x", 4, 3, 16, 16);

    private static float[] Run(byte[] file, int pictures)
    {
        using var session = new OnnxSession(file);
        return session.Run("images", Ort.Pictures(pictures, new Shape(3, 32, 48)), ("output", new Shape(60, Yolov5Exports.Row)))[0];
    }

    private void Refuse(OnnxSketch sketch, string reason) => new Action(() => _files.Read(sketch.Output("y"))).Should().Throw<InputException>().WithMessage(reason);
}
