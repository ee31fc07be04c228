using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Costs;

namespace PluginPrune.Plugins.Tests.Yolov5;

public sealed class DescriptionTests : IDisposable
{
    private readonly Yolov5Sketch _sketch = new();

    [Theory]
    [InlineData("s", false, 7_276_605, 7_266_973, 16.96)]
    [InlineData("m", false, 21_375_645, 21_356_877, 51.23)]
    [InlineData("l", false, 47_056_765, 47_025_981, 115.29)]
    [InlineData("x", false, 87_775_965, 87_730_285, 218.56)]
    [InlineData("s6", false, 12_667_836, 12_653_596, 17.32)]
    [InlineData("m6", false, 35_917_020, 35_889_612, 52.27)]
    [InlineData("l6", false, 77_263_228, 77_218_620, 117.53)]
    [InlineData("x6", false, 141_821_340, 141_755_500, 222.67)]
    [InlineData("n", true, 1_872_157, 1_867_405, 4.47)]
    [InlineData("s", true, 7_235_389, 7_225_885, 16.43)]
    [InlineData("m", true, 21_190_557, 21_172_173, 48.87)]
    [InlineData("l", true, 46_563_709, 46_533_693, 108.99)]
    [InlineData("x", true, 86_749_405, 86_705_005, 205.45)]
    [InlineData("n6", true, 3_246_940, 3_239_884, 4.56)]
    [InlineData("s6", true, 12_626_620, 12_612_508, 16.80)]
    [InlineData("m6", true, 35_731_932, 35_704_908, 49.91)]
    [InlineData("l6", true, 76_770_172, 76_726_332, 111.24)]
    [InlineData("x6", true, 140_794_780, 140_730_220, 209.56)]
    public void Published_models_have_their_parameters_and_flops(string name, bool isLate, long parameters, long fused, double gflops)
    {
        Network network = Untrained(PublishedModels.Yaml(name, isLate));

        NetworkCost cost = NetworkCost.Of(network);
        cost.Parameters.Should().Be(parameters);
        cost.Gflops.Should().BeApproximately(gflops, 0.006);
        network.Nodes.Select(static node => node.Operation).OfType<Convolution>().Sum(static operation => (long)operation.Weight.Count + operation.OutputChannels).Should().Be(fused);
        network.Heads.Should().HaveCount(name.EndsWith('6') ? 4 : 3);
    }

    [Fact]
    public void Layers_have_the_parameters_that_are_known_of_yolov5s()
    {
        long[] wanted =
        [
            3520, 18560, 18816, 73984, 115712, 295424, 625152, 1180672, 1182720, 656896, 131584, 0, 0, 361984, 33024, 0, 0, 90880, 147712, 0, 296448, 590336, 0, 1182720, 229245,
        ];
        Network network = Untrained(PublishedModels.Yaml("s", isLate: true));

        long[] found = [.. Enumerable.Range(0, 25).Select(layer => network.Nodes.Where(node => node.Id.Split('.')[0] == $"{layer}")
            .SelectMany(static node => node.Operation.Tensors).Where(static tensor => tensor.IsLearned).Sum(static tensor => (long)tensor.Tensor.Count))];

        found.Should().Equal(wanted);
    }

    [Fact]
    public void Another_activation_and_other_modules_are_as_the_description_says()
    {
        string yaml = PublishedModels.Yaml("n", isLate: true, "activation: nn.LeakyReLU(0.2)").Replace("[-1, 3, C3, [1024]]", "[-1, 3, C3Ghost, [1024]]", StringComparison.Ordinal)
            .Replace("[-1, 1, Conv, [1024, 3, 2]]", "[-1, 1, GhostConv, [1024, 3, 2]]", StringComparison.Ordinal).Replace("[-1, 9, C3, [512]]", "[-1, 9, C3x, [512]]", StringComparison.Ordinal)
            .Replace("[-1, 6, C3, [256]]", "[-1, 6, BottleneckCSP, [256]]", StringComparison.Ordinal).Replace("[-1, 3, C3, [128]]", "[-1, 3, Bottleneck, [128]]", StringComparison.Ordinal)
            .Replace("[-1, 1, Conv, [128, 3, 2]]", "[-1, 1, DWConv, [128, 3, 2]]", StringComparison.Ordinal).Replace("SPPF, [1024, 5]", "C3SPP, [1024, [5, 9]]", StringComparison.Ordinal);

        Network network = Untrained(yaml);

        network.Nodes.Select(static node => node.Operation).OfType<Activation>().Should().OnlyContain(static activation => activation.Kind == ActivationKind.LeakyRelu && activation.Slope == 0.2);
        network["1.conv"].Operation.Should().BeOfType<Convolution>().Which.Groups.Should().Be(16);
        network["7.cat"].Operation.Should().BeOfType<Concat>();
        network.Find("8.m.0.add").Should().NotBeNull();
        network.ShapeOf("9.cv3.act").Should().Be(new Shape(256, 20, 20));
    }

    [Theory]
    [InlineData("nc: 80\nanchors: [[1,2]]", "no list 'backbone'")]
    [InlineData("[1, 2]", "no list of keys")]
    [InlineData("a: [", "no YAML")]
    [InlineData("backbone: [[-1, 1, Conv, [8, 3, 2]]]\nhead: [[[7], 1, Detect, [nc, anchors]]]\nanchors: [[1,2]]", "reads layer 7")]
    [InlineData("backbone: [[-1, 1, C3TR, [8]]]\nhead: [[[-1], 1, Detect, [nc, anchors]]]\nanchors: [[1,2]]", "C3TR")]
    [InlineData("backbone: [[-1, 1, os.system, [id]]]\nhead: [[[-1], 1, Detect, [nc, anchors]]]\nanchors: [[1,2]]", "os.system")]
    [InlineData("backbone: [[-1, 1, Conv, [99999999]]]\nhead: []\nanchors: [[1,2]]", "argument 0")]
    [InlineData("backbone: [[-1, 1, Conv, [8, 0]]]\nhead: [[[-1], 1, Detect, [nc, anchors]]]\nanchors: [[1,2]]", "cannot be")]
    [InlineData("backbone: [[-1, 1]]\nhead: []\nanchors: [[1,2]]", "layer 0")]
    [InlineData("backbone: []\nhead: []\nanchors: 3", "'anchors'")]
    [InlineData("backbone: []\nhead: []\nanchors: [[1,2]]", "no layers")]
    [InlineData("activation: nn.Sin()\nbackbone: [[-1, 1, Conv, [8, 3, 2]]]\nhead: []\nanchors: [[1,2]]", "nn.Sin")]
    public void Descriptions_that_cannot_be_are_refused(string yaml, string reason)
    {
        InputException fault = Assert.Throws<InputException>(() => Untrained(yaml));

        fault.Message.Should().Contain(reason).And.NotContain("Exception");
    }

    [Fact]
    public void A_description_without_weights_is_refused_unless_it_is_to_be_trained()
    {
        File.WriteAllText(_sketch.PathOf("alone.yaml"), PublishedModels.Yaml("n", isLate: true));

        _sketch.Refusal("alone.yaml").Should().Contain("--weights");
    }

    public void Dispose() => _sketch.Dispose();

    private Network Untrained(string yaml)
    {
        File.WriteAllText(_sketch.PathOf("net.yaml"), yaml);
        return Yolov5Sketch.Format.Read(new ModelSource(_sketch.PathOf("net.yaml"), null, static _ => { }) { IsUntrained = true }, CancellationToken.None);
    }
}
