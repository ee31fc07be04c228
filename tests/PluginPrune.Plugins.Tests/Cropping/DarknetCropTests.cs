using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Surgery;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Cropping;

public sealed class DarknetCropTests : IDisposable
{
    private const string Tiny = """
        [net]
        width=64
        height=64
        channels=3

        [convolutional]
        batch_normalize=1
        filters=8
        size=3
        stride=4
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=12
        size=3
        stride=4
        pad=1
        activation=leaky

        [convolutional]
        batch_normalize=1
        filters=16
        size=3
        stride=2
        pad=1
        activation=leaky

        # the large ones
        [convolutional]
        size=1
        filters=16
        activation=linear

        [yolo]
        mask=2,3
        anchors=4,4, 8,8, 16,16, 32,32
        classes=3
        num=4

        [route]
        layers=-3

        [convolutional]
        batch_normalize=1
        filters=6
        size=1
        activation=leaky

        [upsample]
        stride=2

        [route]
        layers=-1,1

        [convolutional]
        size=1
        filters=16
        activation=ACTIVATION

        [yolo]
        mask=0,1
        anchors=4,4, 8,8, 16,16, 32,32
        classes=3
        num=4

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_large_cells_go_with_what_only_they_need()
    {
        Network whole = Read();

        CropResult crop = Crops.Of(whole, "P5");

        crop.Network.Heads.Select(static head => head.Id).Should().Equal("10.yolo");
        whole.Nodes.Select(static node => node.Id).Except(crop.Network.Nodes.Select(static node => node.Id), StringComparer.Ordinal).Should().Equal("3.conv");
        RefersTo(crop.Network).Should().Equal(Crops.Outputs(whole)[1].Elements);
    }

    [Fact]
    public void The_small_cells_go_with_the_way_up_to_them()
    {
        Network whole = Read();

        CropResult crop = Crops.Of(whole, "P4");

        crop.Network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal).Should().Equal("0", "1", "2", "3");
        RefersTo(crop.Network).Should().Equal(Crops.Outputs(whole)[0].Elements);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("logistic")]
    public void Classes_that_stay_are_scored_as_before(string activation)
    {
        Network whole = Read(activation);

        CropResult crop = Crops.Of(whole, "", "0", "2");

        Network again = _scratch.WriteAndReadAgain(crop.Network).Again;
        again.Heads.Select(static head => head.Number("classes", 0)).Should().Equal(2, 2);
        for (int i = 0; i < 2; i++)
        {
            Crops.Outputs(again)[i].Elements.Should().Equal(Crops.Channels(Crops.Outputs(whole)[i], 2, 3, 0, 2));
        }
    }

    [Fact]
    public void What_is_left_is_written_with_its_comments_and_read_again()
    {
        Network whole = Read();
        CropResult crop = Crops.Of(whole, "P4", "1");

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(crop.Network);

        written.Cfg.Should().Contain("# the large ones\n[convolutional]\nsize=1\nfilters=12\n").And.Contain("mask=2,3\nanchors=4,4, 8,8, 16,16, 32,32\nclasses=1\nnum=4").And.NotContain("[upsample]");
        Crops.Outputs(again)[0].Elements.Should().Equal(Crops.Channels(Crops.Outputs(whole)[0], 2, 3, 1));
    }

    [Fact]
    public void Names_follow_and_are_understood()
    {
        Network whole = Named(Read(), "traffic light", "dog", "cat");

        CropResult crop = Crops.Of(whole, "", "cat", "Traffic_Light", "0");

        crop.Crop.Classes.Should().Equal(0, 2);
        crop.Network.ClassNames.Should().Equal("traffic light", "cat");
        crop.AllClasses.Should().Be(3);
    }

    [Fact]
    public void All_classes_are_the_network_as_it_is() => Crops.Of(Read(), "", "0", "1", "2").Network.Nodes.Should().Equal(Read().Nodes, static (one, other) => one.Id == other.Id && one.Operation.GetType() == other.Operation.GetType());

    [Theory]
    [InlineData("P6", "", "'net' has no level P6. It has P4 (stride 16), P5 (stride 32).")]
    [InlineData("P3,P6", "", "'net' has no level P3 and no level P6. It has P4 (stride 16), P5 (stride 32).")]
    [InlineData("P5,P4", "", "Without P4, P5 'net' would have no level left: it has P4 (stride 16), P5 (stride 32). Leave at least one.")]
    [InlineData("", "3", "'net' has no class 3: its 3 classes are counted from 0 to 2.")]
    [InlineData("", "dog", "Which class is 'dog'? The 3 classes of 'net' have no names here. Give numbers from 0 to 2, or the names with --names FILE.")]
    public void What_cannot_be_cropped_is_told(string levels, string classes, string message)
    {
        Action crop = () => Crops.Of(Read(), levels, classes.Length == 0 ? [] : [classes]);

        crop.Should().Throw<CropException>().WithMessage(message);
    }

    [Fact]
    public void A_mistyped_class_brings_its_neighbours()
    {
        Action crop = () => Crops.Of(Named(Read(), "person", "dog", "cat"), "", "dgo");

        crop.Should().Throw<CropException>().WithMessage("'net' has no class 'dgo'. Did you mean 'dog'?");
    }

    [Fact]
    public void Scores_that_something_reads_are_not_taken_away()
    {
        Network whole = _scratch.Read(Text() + "[route]\nlayers=-2\n\n[convolutional]\nsize=1\nfilters=4\nactivation=linear\n");
        Action crop = () => Crops.Of(whole, "", "0");

        crop.Should().Throw<CropException>().WithMessage("*reads the scores of classes that are to go*");
    }

    [Fact]
    public void Classes_under_one_softmax_stay_together()
    {
        Network whole = _scratch.Read("[net]\nwidth=32\nheight=32\nchannels=3\n\n[convolutional]\nsize=3\npad=1\nstride=16\nfilters=16\nactivation=linear\n\n[region]\nanchors=1,1, 2,2\nclasses=3\ncoords=4\nnum=2\nsoftmax=1\n");
        Action crop = () => Crops.Of(whole, "", "0");

        crop.Should().Throw<HeadException>().WithMessage("*one softmax over all its classes*");
    }

    [Theory]
    [InlineData("P5", 20)]
    [InlineData("P4", 16)]
    public void Yolov3_tiny_without_a_level(string levels, int layers)
    {
        Network whole = _scratch.Read(YoloCfg.V3Tiny());

        Network again = _scratch.WriteAndReadAgain(Crops.Of(whole, levels).Network).Again;

        again.Heads.Should().ContainSingle();
        again.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal).Should().HaveCount(layers);
    }

    private static float[] RefersTo(Network network) => Crops.Outputs(network)[0].Elements;

    private static Network Named(Network network, params string[] names) => new(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = [.. names], Annotations = network.Annotations };

    private static string Text(string activation = "linear") => Tiny.Replace("ACTIVATION", activation, StringComparison.Ordinal).ReplaceLineEndings("\n");

    private Network Read(string activation = "linear") => _scratch.Read(Text(activation));
}
