using PluginPrune.Contracts;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

public sealed class HeadSectionTests : IDisposable
{
    private const string Region = CfgTexts.Net + "[conv]\nfilters=14\nactivation=linear\n[region]\nanchors = 0.57,0.67,\n  1.87 , 2.06\nclasses=2\ncoords=4\nnum=2\nsoftmax=1\nmap = coco.map\n";
    private const string Gaussian = CfgTexts.Net + "[conv]\nfilters=12\nactivation=linear\n[Gaussian_yolo]\nmask=1\nanchors=8,8, 10,13\nclasses=3\nnum=2\nuc_normalizer=0.1\n";
    private const string Detection = CfgTexts.Net + "[connected]\noutput=48\nactivation=linear\n[detection]\nclasses=2\ncoords=4\nside=2\nnum=2\nsqrt=1\n";

    private const string Classifier = CfgTexts.Net + "[conv]\nfilters=4\nactivation=linear\n[avgpool]\n[softmax]\ngroups=1\n";

    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData(Region, "1.region", "region")]
    [InlineData(Gaussian, "1.gaussian-yolo", "gaussian-yolo")]
    [InlineData(Detection, "1.detection", "detection")]
    [InlineData(Classifier, "2.classify", "classify")]
    public void Heads_are_kept_and_can_be_written_without_their_text(string cfg, string id, string kind)
    {
        Network network = _scratch.Read(cfg);

        (network.Heads.Single().Id, network.Heads.Single().Kind).Should().Be((id, kind));
        _scratch.Write(network).Cfg.Should().Be(cfg);
        Network again = _scratch.WriteAndReadAgain(network.WithoutAnnotations()).Again;
        Meaning.Of(again).Should().Equal(Meaning.Of(network));
    }

    [Fact]
    public void A_network_that_ends_in_a_softmax_learns_from_the_logits_before_it()
    {
        Network network = _scratch.Read(Classifier + "[cost]\n");

        network.Heads.Single().Input.Should().Be("1.avgpool");
        network.Heads.Single().Number("classes", 0).Should().Be(4);
        network.Outputs[^1].Should().Be("3.cost");
        _scratch.Read(Classifier.Replace("[avgpool]\n", string.Empty, StringComparison.Ordinal)).Heads.Should().BeEmpty("there is more than one number for each class");
        _scratch.Read(Classifier.Replace("groups=1", "groups=2", StringComparison.Ordinal)).Heads.Should().BeEmpty("it has several softmaxes");
    }

    [Fact]
    public void A_regions_channels_are_known()
    {
        HeadLayout layout = Describe("region", _scratch.Read(Region));

        (layout.Anchors, layout.Classes).Should().Be((2, 2));
        layout.Channels[4].Should().Be(new HeadChannel(HeadChannelRole.Objectness, 0, 0));
        layout.Channels[7].Should().Be(new HeadChannel(HeadChannelRole.Box, 1, 0));
        layout.Channels[13].Should().Be(new HeadChannel(HeadChannelRole.Class, 1, 1));
    }

    [Fact]
    public void A_gaussian_heads_coordinates_are_followed_by_their_uncertainty()
    {
        HeadLayout layout = Describe("gaussian-yolo", _scratch.Read(Gaussian));

        layout.Anchors.Should().Be(1);
        layout.Channels.Take(8).Select(static channel => channel.Index).Should().Equal(0, 4, 1, 5, 2, 6, 3, 7);
        layout.Channels.Take(8).Should().OnlyContain(static channel => channel.Role == HeadChannelRole.Box);
        layout.Channels[8].Role.Should().Be(HeadChannelRole.Objectness);
        layout.Channels[11].Should().Be(new HeadChannel(HeadChannelRole.Class, 0, 2));
    }

    [Theory]
    [InlineData("filters=14", "filters=15", "Set its filters to 14")]
    [InlineData("coords=4", "coords=0", "coords = 0")]
    [InlineData("num=2", "num=100000", "num = 100000")]
    public void A_region_that_does_not_fit_is_refused(string old, string @new, string problem)
    {
        InputException error = _scratch.Refusal(Region.Replace(old, @new, StringComparison.Ordinal));

        error.Message.Should().Contain(problem);
        error.Line.Should().BeGreaterThan(8);
    }

    [Fact]
    public void A_detection_that_does_not_fit_is_refused() =>
        _scratch.Refusal(Detection.Replace("side=2", "side=3", StringComparison.Ordinal)).Message.Should().Contain("3 * 3 * ((1 + 4) * 2 + 2) = 108").And.Contain("48 x 1 x 1");

    public void Dispose() => _scratch.Dispose();

    private static HeadLayout Describe(string kind, Network network) =>
        PluginFactory.Create<HeadYoloPlugin, IHead>(kind).Describe(network.Heads.Single(), network.ShapeOf(network.Heads.Single().Input));
}
