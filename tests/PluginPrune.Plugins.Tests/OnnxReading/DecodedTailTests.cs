using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Surgery;
using PluginPrune.Plugins.Tests.Cropping;
using PluginPrune.Plugins.Tests.Onnx;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using static PluginPrune.Plugins.Tests.OnnxReading.OnnxSketch;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>Boxes that a file decodes in a known way are decoded again when it is written; the network in between ends before that, and is cropped.</summary>
public sealed class DecodedTailTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("decoded", "yolo", 1.0)]
    [InlineData("decoded", "yolo", 1.05)]
    [InlineData("v6.0", "yolo", 1.0)]
    [InlineData("decoded", "yolov5", 2.0)]
    [InlineData("v6.0", "yolov5", 2.0)]
    [InlineData("v7.0", "yolov5", 2.0)]
    public void What_we_decode_is_known_again(string form, string kind, double scale)
    {
        Network network = OnnxNetworks.Detector(classes: 3, scale, kind: kind);
        foreach ((string, string)[] options in new (string, string)[][] { [], [("dynamic-size", "true"), ("dynamic-batch", "true")], [("half", "true"), ("opset", "18")] })
        {
            Network read = _files.Read(OnnxFile.Write(network, [("outputs", form), .. options]));

            read.Nodes.Should().NotContain(static node => node.Operation is Opaque);
            read.Heads.Select(static head => head.Kind).Should().Equal(kind, kind);
            read.Heads.Select(head => read.ShapeOf(head.Input)).Should().Equal(network.Heads.Select(head => network.ShapeOf(head.Input)));
            read.Heads[0].Parameters["anchors"].Should().Equal(12, 20, 18, 15, 30, 28);
            read.Heads[1].Number("scale_x_y", scale).Should().BeApproximately(scale, 1e-6);
            OnnxFile.Of(read, [("dynamic-batch", "false")]).Outputs.Should().Equal(OnnxFile.Of(network, ("outputs", form)).Outputs);
            OnnxFile.Of(read).Metadata["outputs"].Should().Be(form);
        }
    }

    [OnnxRuntimeTheory]
    [InlineData(9, false)]
    [InlineData(12, true)]
    [InlineData(13, false)]
    [InlineData(18, true)]
    public void What_YOLOv5_exports_is_known_and_computes_the_same(int opset, bool hasMaps)
    {
        byte[] file = new Yolov5Exports { Opset = opset, HasMaps = hasMaps }.Bytes;

        Network read = _files.Read(file);

        read.Heads.Select(static head => head.Kind).Should().Equal("yolov5", "yolov5");
        read.Heads.Select(static head => head.Parameters["anchors"].ToArray()).Should().BeEquivalentTo(Yolov5Exports.Sizes, static options => options.WithStrictOrdering());
        read.Heads.Select(static head => head.Parameters["level"].ToArray()).Should().BeEquivalentTo((double[][])[[0, 2], [1, 2]]);
        read.Inputs[0].Preprocessing.Resize.Should().Be(ResizeMode.Letterbox);
        byte[] again = OnnxFile.Write(read);
        new OnnxFile(again).Outputs.Should().Equal(new OnnxFile(file).Outputs.Select(static output => output.Replace("N,", "batch,", StringComparison.Ordinal)));
        Ort.Difference(Run(again, "output", 60, Yolov5Exports.Row), Run(file, "output", 60, Yolov5Exports.Row)).Should().BeLessThan(1e-5);
    }

    [OnnxRuntimeFact]
    public void What_is_to_be_timed_is_run_to_its_end()
    {
        byte[] file = new Yolov5Exports().Bytes;

        Network whole = _files.ReadWhole(file);

        whole.Nodes.Length.Should().BeGreaterThan(_files.Read(file).Nodes.Length);
        using IExecutable<float> executable = Ort.Create().Compile(whole);
        Batch<float> rows = executable.Run([Ort.Pictures(1, new Shape(3, 32, 48))], whole.Outputs, CancellationToken.None).Single();
        Ort.Difference(rows.Elements, Run(file, "output", 60, Yolov5Exports.Row)).Should().BeLessThan(1e-5);
    }

    [OnnxRuntimeFact]
    public void Levels_and_classes_of_decoded_boxes_go()
    {
        byte[] file = new Yolov5Exports { HasMaps = true }.Bytes;
        float[] whole = Run(file, "output", 60, Yolov5Exports.Row);

        Network small = Crops.Of(_files.Read(file), "P3", "0", "2").Network;

        byte[] written = OnnxFile.Write(small);
        new OnnxFile(written).Outputs.Should().Equal("output [batch, 12, 7]", "t1 [batch, 2, 2, 3, 7]");
        float[] expected = [.. Enumerable.Range(48, 12).SelectMany(box => Enumerable.Range(0, Yolov5Exports.Row).Where(static column => column != 6).Select(column => whole[(box * Yolov5Exports.Row) + column]))];
        Ort.Difference(Run(written, "output", 12, 7), expected).Should().BeLessThan(1e-5);
        _files.Read(written).Heads.Should().ContainSingle().Which.Number("classes", 0).Should().Be(2);
    }

    [Fact]
    public void Raw_outputs_of_decoded_boxes_can_be_written()
    {
        Network read = _files.Read(new Yolov5Exports { Pictures = 1 }.Bytes);

        OnnxFile.Of(read, ("outputs", "raw")).Outputs.Should().Equal("m0 [1, 16, 4, 6]", "m1 [1, 16, 2, 3]");
        OnnxFile.Of(read, ("outputs", "raw")).Metadata.Should().Contain("outputs", "raw").And.ContainKey("heads");
        Crops.Outputs(read).Should().HaveCount(2, "every engine runs what is left");
    }

    [Fact]
    public void A_tail_that_does_something_else_stays_as_it_is_and_says_so()
    {
        Network read = _files.Read(new Yolov5Exports { Astray = 0.25f }.Sketch().Metadata("names", "['a', 'b', 'c']").Bytes);

        read.Heads.Should().ContainSingle().Which.Kind.Should().Be("boxes");
        read.Nodes.Should().Contain(static node => node.Operation is Opaque);
        new Action(() => Crops.Of(read, "P3")).Should().Throw<CropException>().WithMessage(
            "'net' gives the boxes of all levels as one, and no level of them can be dropped. They are decoded inside the file, in a way that is not known here: number 0 of box 0 is not made of *m0 node* as YOLOv3 or YOLOv5 make it. Crop the network that it was made from, or an export of what its heads read.");
        new Action(() => Crops.Of(read, string.Empty, "b")).Should().Throw<CropException>().WithMessage("*they all stay. They are decoded inside the file*number 0 of box 0*Of an exported network crop the one that it was made from*");
    }

    [Fact]
    public void The_operator_that_is_not_known_is_named()
    {
        // Distances to the sides of a box, as YOLOv8 has them, in columns.
        OnnxSketch sketch = new OnnxSketch().Input("x", 1, 3, 64, 64).Conv("x", "c", 3, 6, 8, ("strides", Ints(8, 8))).Integers("shape", 1, 6, 64).Node("Reshape", ["c", "shape"], ["r"])
            .Integers("sizes", 2, 2, 2).Node("Split", ["r", "sizes"], ["near", "far", "scores"], ("axis", 1)).Weights("points", 1, 2, 64).Node("Sub", ["points", "near"], ["low"])
            .Node("Add", ["far", "points"], ["high"]).Node("Sub", ["high", "low"], ["size"]).Node("Add", ["low", "high"], ["centre"]).Node("Sigmoid", "scores", "likely")
            .Node("Concat", ["centre", "size", "likely"], ["y"], ("axis", 1)).Output("y", 1, 6, 64).Metadata("names", "['a', 'b']");
        Network read = _files.Read(sketch);

        read.Heads.Should().ContainSingle().Which.Kind.Should().Be("boxes");
        new Action(() => Crops.Of(read, "P3")).Should().Throw<CropException>().WithMessage("*not known here: *centre node* does something else than to move, scale and shift*");
    }

    [Fact]
    public void A_chain_without_end_ends_nothing()
    {
        OnnxSketch sketch = new OnnxSketch().Input("x", 1, 3, 64, 64).Node("GlobalAveragePool", "x", "g").Conv("g", "c", 3, 7 * 192).Integers("out", 1, 192, 7).Integers("turned", 1, 7, 192);
        string value = "c";
        for (int i = 0; i < 20_000; i++)
        {
            sketch.Node("Reshape", [value, i % 2 == 0 ? "out" : "turned"], [$"r{i}"]);
            value = $"r{i}";
        }

        Network read = _files.Read(sketch.Node("Reshape", [value, "out"], ["y"]).Output("y").Metadata("names", "['a', 'b']"));

        read.Heads[0].Indivisible.Should().Contain("more than 64 operators");
    }

    private static float[] Run(byte[] file, string output, int boxes, int row)
    {
        using var session = new OnnxSession(file);
        return session.Run("images", Ort.Pictures(1, new Shape(3, 32, 48)), (output, new Shape(boxes, row)))[0];
    }
}
