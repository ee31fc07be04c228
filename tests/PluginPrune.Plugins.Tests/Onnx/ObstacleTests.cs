using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Onnx;

/// <summary>What cannot be written is named, with what to do; and what can is not.</summary>
public sealed class ObstacleTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("outputs", "decoded")]
    [InlineData("dynamic-size", "true")]
    public void A_detector_has_none(string? option, string? value) => Find(OnnxNetworks.Detector(), Options(option, value)).Should().BeEmpty();

    [Fact]
    public void An_operation_that_nobody_knows_is_named()
    {
        var b = new NetworkBuilder(1);
        string odd = b.Add(new Opaque("deformable", new Shape(3, 16, 16), []), "input");

        Find(b.Build()).Should().ContainSingle().Which.Should().Match($"{odd} (*no ONNX operator*opaque 'deformable'.");
    }

    [Fact]
    public void Heads_of_another_kind_are_written_raw_and_not_decoded()
    {
        Network network = OnnxNetworks.Detector(kind: "region");

        Find(network).Should().BeEmpty();
        Find(network, ("outputs", "decoded")).Should().HaveCount(2).And.OnlyContain(static text => text.Contains("its kind is 'region'") && text.Contains("Write raw outputs"));
    }

    [Fact]
    public void Boxes_need_a_head()
    {
        var b = new NetworkBuilder(1);
        b.Conv("input", 4);

        Find(b.Build(), ("outputs", "decoded")).Should().ContainSingle().Which.Should().Contain("no head");
    }

    [Fact]
    public void Heads_that_do_not_fit_their_input_are_named()
    {
        Network network = OnnxNetworks.Detector();
        Head odd = network.Heads[1] with { Parameters = network.Heads[1].Parameters.SetItem("mask", [0]) };

        Find(network.With(network.Nodes, [network.Heads[0], odd]), ("outputs", "decoded"))
            .Should().ContainSingle().Which.Should().Match("Head 'b'*1 anchors and 2 classes and reads 14 channels where 7 are wanted*");
    }

    [Fact]
    public void Heads_with_different_classes_do_not_go_into_one_tensor()
    {
        Network network = OnnxNetworks.Detector();
        ImmutableSortedDictionary<string, ImmutableArray<double>> other = network.Heads[1].Parameters.SetItem("mask", [0]).SetItem("classes", [9]);

        Find(network.With(network.Nodes, [network.Heads[0], network.Heads[1] with { Parameters = other }]), ("outputs", "decoded"))
            .Should().ContainSingle().Which.Should().Match("Head 'b'*has 9 classes, head 'a' 2*");
    }

    [Theory]
    [InlineData("one", "gives 1 names*there are 2 outputs*")]
    [InlineData("a,a", "*each name must be there, and another one*")]
    [InlineData("a,", "*each name must be there*")]
    [InlineData("a,input", "*'input', which is the name of another value*")]
    public void Names_that_cannot_be_are_refused(string names, string pattern) =>
        Find(OnnxNetworks.Detector(), ("output-names", names)).Should().ContainSingle().Which.Should().Match("*" + pattern);

    [Fact]
    public void A_network_for_one_size_alone_is_not_written_for_all()
    {
        var b = new NetworkBuilder(1);
        string linear = b.Linear(b.Add(new Flatten(), b.Conv("input", 4)), 5);
        Network network = b.Build();

        Find(network).Should().BeEmpty();
        Find(network, ("dynamic-size", "true")).Should().ContainSingle().Which.Should().Match($"--dynamic-size: *another size. {linear} (*");
    }

    [Fact]
    public void What_would_give_other_channels_at_other_sizes_is_named()
    {
        var b = new NetworkBuilder(1);
        string turned = b.Add(new Transpose([1, 0, 2]), b.Conv("input", 4));

        Find(b.Build(), ("dynamic-size", "true")).Should().ContainSingle().Which.Should().Match($"{turned} (*bound to the size*");
    }

    private static (string, string)[] Options(string? option, string? value) => option is null ? [] : [(option, value!)];

    private static ImmutableArray<string> Find(Network network, params (string Name, string Value)[] options) => OnnxFile.Format(options).FindObstacles(network);
}
