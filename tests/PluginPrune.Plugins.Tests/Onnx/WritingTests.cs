using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Options;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Onnx;

public sealed class WritingTests
{
    [Fact]
    public void Batch_norm_goes_into_the_convolution_before_it()
    {
        OnnxFile file = OnnxFile.Of(OnnxNetworks.Detector());

        file.Operators.Should().NotContain("BatchNormalization");
        file.Operators.Count(static name => name == "Conv").Should().Be(7);
    }

    [Fact]
    public void Batch_norm_stays_where_it_shall()
    {
        OnnxFile file = OnnxFile.Of(OnnxNetworks.Detector(), ("keep-bn", "true"));

        file.Operators.Count(static name => name == "BatchNormalization").Should().Be(5);
    }

    [Fact]
    public void Batch_norm_stays_where_something_else_reads_what_it_reads()
    {
        var b = new NetworkBuilder(1);
        string conv = b.Conv("input", 4);
        b.Add(new Add(), b.Norm(conv), conv);

        OnnxFile.Of(b.Build()).Operators.Should().Equal("Conv", "BatchNormalization", "Add");
    }

    [Fact]
    public void Batch_norm_stays_behind_what_is_itself_an_output()
    {
        var b = new NetworkBuilder(1);
        string conv = b.Conv("input", 4);
        b.Norm(conv);
        b.Head(conv);

        OnnxFile.Of(b.Build()).Operators.Should().Equal("Conv", "BatchNormalization");
    }

    [Fact]
    public void Raw_outputs_are_what_the_heads_read_under_its_own_name()
    {
        Network network = OnnxNetworks.Detector();

        OnnxFile file = OnnxFile.Of(network);

        file.Inputs.Should().Equal("input [1, 3, 32, 48]");
        file.Outputs.Should().Equal($"{network.Heads[0].Input} [1, 21, 4, 6]", $"{network.Heads[1].Input} [1, 14, 8, 12]");
    }

    [Fact]
    public void Outputs_bear_the_names_that_are_given()
    {
        OnnxFile file = OnnxFile.Of(OnnxNetworks.Detector(), ("output-names", "coarse, fine"));

        file.Outputs.Should().Equal("coarse [1, 21, 4, 6]", "fine [1, 14, 8, 12]");
    }

    [Fact]
    public void Decoded_outputs_are_one_tensor_of_all_boxes()
    {
        OnnxFile file = OnnxFile.Of(OnnxNetworks.Detector(), ("outputs", "decoded"));

        file.Outputs.Should().Equal("boxes [1, 264, 7]");
    }

    [Fact]
    public void Extents_are_left_open_where_they_shall_be()
    {
        OnnxFile file = OnnxFile.Of(OnnxNetworks.Detector(), ("dynamic-batch", "true"), ("dynamic-size", "true"), ("output-names", "a,b"));

        file.Inputs.Should().Equal("input [batch, 3, height, width]");
        file.Outputs.Should().Equal("a [batch, 21, a.height, a.width]", "b [batch, 14, b.height, b.width]");
    }

    [Fact]
    public void What_changes_nothing_is_left_out_and_an_output_still_has_its_name()
    {
        var b = new NetworkBuilder(1);
        string last = b.Add(new Dropout(0.5), b.Act(b.Add(new Identity(), b.Conv("input", 4)), ActivationKind.Linear));
        b.Head(last);

        OnnxFile file = OnnxFile.Of(b.Build());

        file.Operators.Should().Equal("Conv", "Identity");
        file.Outputs.Should().Equal($"{last} [1, 4, 16, 16]");
    }

    [Fact]
    public void Metadata_tell_what_the_graph_does_not()
    {
        Network network = OnnxNetworks.Detector();
        network = new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = ["cat", "Wellensittich ü"] };

        Dictionary<string, string> metadata = OnnxFile.Of(network).Metadata;

        metadata["names"].Should().Be("[\"cat\",\"Wellensittich ü\"]");
        metadata["stride"].Should().Be("8");
        metadata["outputs"].Should().Be("raw");
        JsonElement how = JsonDocument.Parse(metadata["preprocessing"]).RootElement.GetProperty("input");
        how.GetProperty("order").GetString().Should().Be("rgb");
        how.GetProperty("scale").GetDouble().Should().Be(1.0 / 255);
        how.GetProperty("resize").GetString().Should().Be("stretch");
        JsonElement head = JsonDocument.Parse(metadata["heads"]).RootElement[1];
        head.GetProperty("output").GetString().Should().Be(network.Heads[1].Input);
        head.GetProperty("mask").EnumerateArray().Select(static number => number.GetInt32()).Should().Equal(0, 1);
    }

    [Fact]
    public void One_network_gives_one_file() =>
        OnnxFile.Write(OnnxNetworks.Detector()).Should().Equal(OnnxFile.Write(OnnxNetworks.Detector()));

    [Fact]
    public void Names_of_helpers_never_meet_names_of_the_network()
    {
        var b = new NetworkBuilder(1);
        string conv = b.Conv("input", 4);
        Network network = b.Build();
        Node hostile = network.Nodes[0] with { Id = $"{conv}.weight", Inputs = ["input"] };
        network = new Network("test", network.Inputs, [.. network.Nodes, hostile], []);

        OnnxFile file = OnnxFile.Of(network);

        file.Outputs.Should().Equal($"{conv} [1, 4, 16, 16]", $"{conv}.weight [1, 4, 16, 16]");
        file.Tensors.Should().OnlyHaveUniqueItems().And.NotContain($"{conv}.weight");
    }

    [Theory]
    [InlineData(13)]
    [InlineData(18)]
    [InlineData(21)]
    public void The_version_of_the_operators_is_the_one_asked_for(int opset) =>
        OnnxFile.Of(OnnxNetworks.Detector(), ("opset", FormattableString.Invariant($"{opset}"))).Opset.Should().Be(opset);

    [Fact]
    public void Older_operators_are_refused() =>
        new Action(() => OnnxFile.Format(("opset", "12"))).Should().Throw<OptionException>().WithMessage("*from 13 to 21*12*");
}
