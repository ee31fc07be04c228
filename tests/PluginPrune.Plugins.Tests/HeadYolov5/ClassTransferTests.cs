using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Training;
using PluginPrune.HeadYolov5;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.HeadYolov5;

public sealed class ClassTransferTests
{
    private static IHead Heads(string kind) => PluginFactory.Create<HeadYolov5Plugin, IHead>(kind);

    [Fact]
    public void Boxes_objectness_and_classes_of_the_same_name_keep_their_rows()
    {
        Network before = Detector("dog", "traffic light", "cat");

        Network after = new ClassTransfer(before, Heads, seed: 1).To(["Cat", "boat", "traffic_light", "sheep"], out ImmutableArray<string> kept);

        kept.Should().Equal("Cat", "traffic_light");
        after.ClassNames.Should().Equal("Cat", "boat", "traffic_light", "sheep");
        after.Heads[0].Number("classes", 0).Should().Be(4);
        (Convolution old, Convolution changed) = ((Convolution)before["1.conv"].Operation, (Convolution)after["1.conv"].Operation);
        changed.OutputChannels.Should().Be(2 * 9);
        int[] sources = [0, 1, 2, 3, 4, 7, -1, 6, -1, 8, 9, 10, 11, 12, 15, -1, 14, -1];
        for (int row = 0; row < sources.Length; row++)
        {
            float[] weights = changed.Weight.Floats.Slice(row * 4, 4).ToArray();
            if (sources[row] >= 0)
            {
                weights.Should().Equal(old.Weight.Floats.Slice(sources[row] * 4, 4).ToArray(), "row {0}", row);
                changed.Bias!.Floats[row].Should().Be(old.Bias!.Floats[sources[row]]);
            }
            else
            {
                weights.Should().NotContain(0f).And.OnlyHaveUniqueItems();
                changed.Bias!.Floats[row].Should().Be((float)(Half)Math.Log(0.6 / (4 - 0.99)));
            }
        }

        after["0.conv"].Should().BeSameAs(before["0.conv"]);
    }

    [Fact]
    public void One_seed_gives_one_network_of_the_type_that_it_had()
    {
        Network before = Detector("dog");

        Convolution Make(int seed) => (Convolution)new ClassTransfer(before, Heads, seed).To(["a", "b"], out _)["1.conv"].Operation;

        Make(3).Weight.Floats.ToArray().Should().Equal(Make(3).Weight.Floats.ToArray()).And.NotEqual(Make(4).Weight.Floats.ToArray());
        Make(3).Weight.Type.Should().Be(ElementType.F16);
    }

    [Fact]
    public void A_head_that_reads_no_convolution_of_its_own_is_refused()
    {
        Network network = Detector("dog");
        Network shared = network.With(network.Nodes, [network.Heads[0], network.Heads[0] with { Id = "again" }]);

        ((Action)(() => new ClassTransfer(shared, Heads, 0).To(["a"], out _))).Should().Throw<HeadException>().WithMessage("*convolution of its own*");
    }

    private static Network Detector(params string[] names)
    {
        var random = new Random(2);
        Half[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (Half)(random.NextDouble() - 0.5))];
        int channels = 2 * (5 + names.Length);
        var origin = new NodeOrigin("1", "Detect", null);
        Node[] nodes =
        [
            new("0.conv", new Convolution(Tensor.FromHalfs(new Shape(4, 3, 1, 1), Numbers(12)), null) { Stride = Extent.Square(8) }, ["images"], new NodeOrigin("0", "Conv", null)),
            new("1.conv", new Convolution(Tensor.FromHalfs(new Shape(channels, 4, 1, 1), Numbers(4 * channels)), Tensor.FromHalfs(new Shape(channels), Numbers(channels))), ["0.conv"], origin),
        ];
        var head = new Head(
            "1.0",
            "yolov5",
            "1.conv",
            ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("anchors", [10, 14, 23, 27]).Add("classes", [names.Length]).Add("level", [0, 1]),
            origin);
        return new Network("tiny", [new NetworkInput("images", new Shape(3, 32, 32), new Preprocessing())], nodes, [head]) { ClassNames = [.. names] };
    }
}
