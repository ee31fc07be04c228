using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Plugins.Tests.Yolov5;

public sealed class ReadingTests : IDisposable
{
    private readonly Yolov5Sketch _sketch = new();

    public static TheoryData<string, string> Modules => new()
    {
        { "Focus", "0.slice space to depth(images)|0.conv.conv convolution(0.slice)|0.conv.bn batch norm(0.conv.conv)|0.conv.act activation(0.conv.bn)" },
        { "SPP", "1.m.0 max pool(1.cv1.act)|1.m.1 max pool(1.cv1.act)|1.cat concat(1.cv1.act,1.m.0,1.m.1)" },
        { "SPPF", "1.m.0 max pool(1.cv1.act)|1.m.1 max pool(1.m.0)|1.m.2 max pool(1.m.1)|1.cat concat(1.cv1.act,1.m.0,1.m.1,1.m.2)" },
        { "C3", "1.m.0.add add(1.m.0.cv2.act,1.cv1.act)|1.m.1.add add(1.m.1.cv2.act,1.m.0.add)|1.cv2.conv convolution(0.act)|1.cat concat(1.m.1.add,1.cv2.act)|1.cv3.conv convolution(1.cat)" },
        { "C3x", "1.m.0.cv1.conv convolution(1.cv1.act)|1.m.0.add add(1.m.0.cv2.act,1.cv1.act)|1.cat concat(1.m.0.add,1.cv2.act)" },
        { "C3SPP", "1.m.cv1.conv convolution(1.cv1.act)|1.m.cat concat(1.m.cv1.act,1.m.m.0,1.m.m.1)|1.cat concat(1.m.cv2.act,1.cv2.act)" },
        { "C3Ghost", "1.m.0.conv.0.cat concat(1.m.0.conv.0.cv1.act,1.m.0.conv.0.cv2.act)|1.m.0.conv.2.cv1.conv convolution(1.m.0.conv.0.cat)|1.m.0.add add(1.m.0.conv.2.cat,1.cv1.act)" },
        { "BottleneckCSP", "1.cv3 convolution(1.m.0.add)|1.cv2 convolution(0.act)|1.cat concat(1.cv3,1.cv2)|1.bn batch norm(1.cat)|1.act activation(1.bn)|1.cv4.conv convolution(1.act)" },
        { "C3TR", "1.m opaque 'models.common.TransformerBlock'(1.cv1.act)|1.cat concat(1.m,1.cv2.act)" },
        { "Contract", "1 space to depth(0.act)" },
        { "Expand", "1.split reshape(0.act)|1.turn transpose(1.split)|1 reshape(1.turn)" },
        { "Repeated", "1.0.conv convolution(0.act)|1.1.conv convolution(1.0.act)" },
    };

    [Theory]
    [MemberData(nameof(Modules))]
    public void Modules_become_what_they_compute(string kind, string graph)
    {
        TorchObject module = kind switch
        {
            "Focus" => new TorchObject("models.common", "Focus").Add("conv", _sketch.Conv(12, 8, 3)),
            "SPP" => Spp(),
            "SPPF" => _sketch.Sppf(8, 8),
            "C3" => _sketch.C3(8, 8, 2),
            "C3x" => _sketch.C3(8, 8, 1, kind: "C3x", block: inner => new TorchObject("models.common", "CrossConv")
                .Add("cv1", _sketch.Conv(inner, inner, (1, 3), (1, 1))).Add("cv2", _sketch.Conv(inner, inner, (3, 1), (1, 1))).With("add", value: true)),
            "C3SPP" => Inner("C3SPP", Spp(4)),
            "C3Ghost" => _sketch.C3(8, 8, 1, kind: "C3Ghost", block: inner => new TorchObject("models.common", "GhostBottleneck")
                .Add("conv", Yolov5Sketch.Sequence(Ghost(inner, inner, "SiLU"), new TorchObject("torch.nn.modules.linear", "Identity"), Ghost(inner, inner, "Identity")))
                .Add("shortcut", new TorchObject("torch.nn.modules.linear", "Identity"))),
            "BottleneckCSP" => new TorchObject("models.common", "BottleneckCSP")
                .Add("cv1", _sketch.Conv(8, 4)).Add("cv2", _sketch.Conv2d(8, 4, (1, 1), (1, 1))).Add("cv3", _sketch.Conv2d(4, 4, (1, 1), (1, 1))).Add("cv4", _sketch.Conv(8, 8))
                .Add("bn", _sketch.Norm(8)).Add("act", Yolov5Sketch.Function("LeakyReLU").With("negative_slope", 0.1)).Add("m", Yolov5Sketch.Sequence(_sketch.Bottleneck(4, add: true))),
            "C3TR" => Inner("C3TR", new TorchObject("models.common", "TransformerBlock").With("c2", 4)
                .Add("linear", new TorchObject("torch.nn.modules.linear", "Linear").Parameter("weight", _sketch.Numbers(4, 4)).Parameter("bias", _sketch.Numbers(4)))),
            "Contract" => new TorchObject("models.common", "Contract").With("gain", 2),
            "Expand" => new TorchObject("models.common", "Expand").With("gain", 2),
            _ => Yolov5Sketch.Sequence(_sketch.Conv(8, 8), _sketch.Conv(8, 8)),
        };
        TorchObject model = kind == "Focus"
            ? Yolov5Sketch.Model(module.At(0, -1), _sketch.Detect(1, 1, 8).At(1, [0]))
            : Yolov5Sketch.Model(_sketch.Conv(3, 8, 3, 2).At(0, -1), module.At(1, -1), _sketch.Detect(1, 1, kind == "Contract" ? 32 : kind == "Expand" ? 2 : 8).At(2, [1]));

        Network network = _sketch.Read(model);

        string[] nodes = [.. network.Nodes.Select(static node => $"{node.Id} {node.Operation.Name.Replace("depthwise ", string.Empty, StringComparison.Ordinal)}({string.Join(',', node.Inputs)})")];
        nodes.Should().ContainInOrder(graph.Split('|'));
    }

    [Fact]
    public void Channels_before_an_expansion_go_to_blocks_of_places()
    {
        Network network = _sketch.Read(Yolov5Sketch.Model(
            _sketch.Conv(3, 4).At(0, -1),
            new TorchObject("models.common", "Contract").With("gain", 2).At(1, -1),
            new TorchObject("models.common", "Expand").With("gain", 2).At(2, -1),
            _sketch.Detect(1, 1, 4).At(3, [2])));

        network.ShapeOf("1").Should().Be(new Shape(16, 320, 320));
        network.ShapeOf("2").Should().Be(new Shape(4, 640, 640), "one undoes the other");
    }

    [Theory]
    [InlineData(ElementType.F32)]
    [InlineData(ElementType.F16)]
    public void Tensors_keep_their_type_and_settings_are_those_of_the_modules(ElementType type)
    {
        using var sketch = new Yolov5Sketch(type);
        Network network = sketch.Read(sketch.Small());

        network.Nodes.SelectMany(static node => node.Operation.Tensors).Should().OnlyContain(tensor => tensor.Tensor.Type == type);
        var first = (Convolution)network["0.conv"].Operation;
        (first.Stride, first.Padding, first.Kernel).Should().Be((Extent.Square(2), Padding.Same(2), Extent.Square(6)));
        ((BatchNorm)network["0.bn"].Operation).Epsilon.Should().Be(1e-3);
        network.ClassNames.Should().Equal("cat", "dog");
        network.Inputs[0].Preprocessing.Resize.Should().Be(ResizeMode.Letterbox);
        network["2.m.1.cv2.conv"].Origin.Should().Be(new NodeOrigin("2.m.1.cv2", "Conv", null));
    }

    [Fact]
    public void Anchors_are_those_of_the_buffer_in_pixels()
    {
        TorchObject model = _sketch.Small();
        float[] cells = model.Children[0].Module.Children[^1].Module.Buffers[0].Tensor!.Floats.ToArray();

        ImmutableArray<Head> heads = _sketch.Read(model).Heads;

        heads.Select(static head => head.Input).Should().Equal("9.m.0", "9.m.1");
        heads[0].Parameters["anchors"].Should().Equal(cells[..6].Select(static cell => (double)(cell * 8)));
        heads[1].Parameters["anchors"].Should().Equal(cells[6..].Select(static cell => (double)(cell * 16)));
        heads[1].Parameters["classes"].Should().Equal(2);
    }

    [Fact]
    public void The_same_is_read_from_files_as_torch_wrote_them_before_1_6()
    {
        TorchObject model = _sketch.Small();
        Network zipped = _sketch.Read(model);

        Network legacy = Yolov5Sketch.ReadFile(_sketch.SaveLegacy(model));

        legacy.Nodes.Select(static node => node.Id).Should().Equal(zipped.Nodes.Select(static node => node.Id));
        foreach ((Node one, Node other) in legacy.Nodes.Zip(zipped.Nodes))
        {
            one.Operation.Tensors.SelectMany(static tensor => tensor.Tensor.Bytes.ToArray()).Should().Equal(other.Operation.Tensors.SelectMany(static tensor => tensor.Tensor.Bytes.ToArray()));
        }
    }

    [Fact]
    public void Of_a_training_the_moving_average_is_read()
    {
        TorchObject average = _sketch.Small();
        (byte[] pickle, List<Tensor> storages) = Yolov5Sketch.Pickle(average, "ema");
        using (FileStream stream = File.Create(_sketch.PathOf()))
        {
            Shared.TorchFiles.Writing.TorchArchive.Write(stream, pickle, storages, CancellationToken.None);
        }

        Yolov5Sketch.ReadFile(_sketch.PathOf()).Nodes.Should().NotBeEmpty();
    }

    [Fact]
    public void Channels_are_tied_where_the_modules_tie_them_and_nowhere_else()
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(_sketch.Read(_sketch.Small()), PruningScope.Full);
        string[][] groups = [.. analysis.Groups.Select(static group => group.Members.Select(static member => member.Layer.Origin.Layer).Distinct(StringComparer.Ordinal).ToArray())];

        groups.Should().ContainEquivalentOf((string[])["2.cv1", "2.m.0.cv2", "2.m.1.cv2"], "additions tie them");
        groups.Should().ContainEquivalentOf((string[])["2.m.0.cv1"], "nothing ties what a block has inside");
        groups.Should().ContainEquivalentOf((string[])["8.cv1"], "a C3 without shortcuts ties nothing");
        analysis.Blocks.Select(static block => block.Junction.Id).Should().Equal("2.m.0.add", "2.m.1.add");
    }

    [Fact]
    public void Names_that_do_not_fit_are_told_and_left_out()
    {
        var warnings = new List<string>();

        Network network = Yolov5Sketch.ReadFile(_sketch.Save(_sketch.Small(listsNames: false).With("names", (string[])["one"])), warnings.Add);

        network.ClassNames.Should().BeEmpty();
        warnings.Should().ContainSingle(static warning => warning.Contains("1 classes", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_recognised_by_what_they_hold()
    {
        var format = (IRecognizingFormat)Yolov5Sketch.Format;

        format.Recognizes(_sketch.Save(_sketch.Small())).Should().BeTrue();
        using Resnet.ResnetSketch other = Resnet.ResnetSketch.Cifar(1);
        format.Recognizes(other.Save()).Should().BeFalse();
    }

    public void Dispose() => _sketch.Dispose();

    private TorchObject Spp(int channels = 8) => new TorchObject("models.common", "SPP").Add("cv1", _sketch.Conv(channels, channels / 2)).Add("cv2", _sketch.Conv(channels / 2 * 3, channels))
        .Add("m", new TorchObject("torch.nn.modules.container", "ModuleList").Add(Yolov5Sketch.Pool(5), Yolov5Sketch.Pool(9)));

    private TorchObject Ghost(int inputs, int outputs, string act) => new TorchObject("models.common", "GhostConv")
        .Add("cv1", _sketch.Conv(inputs, outputs / 2, act: act)).Add("cv2", _sketch.Conv(outputs / 2, outputs / 2, 5, groups: outputs / 2, act: act));

    private TorchObject Inner(string kind, TorchObject inner) =>
        new TorchObject("models.common", kind).Add("cv1", _sketch.Conv(8, 4)).Add("cv2", _sketch.Conv(8, 4)).Add("cv3", _sketch.Conv(8, 8)).Add("m", inner);
}
