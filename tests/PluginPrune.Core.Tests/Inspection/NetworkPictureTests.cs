using System.Xml.Linq;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Inspection;

public sealed class NetworkPictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Write_RandomNetworks_IsXmlWithOneBoxForEachLayerAndNothingOutside(int seed, bool hasPlan)
    {
        Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
        NetworkInspection inspection = NetworkInspector.Inspect(network, hasPlan ? Pruned.Randomly(network, seed) : null, CancellationToken.None);

        XElement root = Draw(inspection);

        root.Name.Should().Be(Svg + "svg");
        XElement[] boxes = [.. root.Descendants(Svg + "rect").Where(static rect => (string?)rect.Attribute("class") == "box")];
        boxes.Should().HaveCount(inspection.Layers.Length);
        root.Descendants(Svg + "g").Where(static group => (string?)group.Attribute("class") == "layer")
            .Should().OnlyContain(static group => group.Element(Svg + "title")!.Value.StartsWith("Layer ", StringComparison.Ordinal));
        double width = (double)root.Attribute("width")!;
        double height = (double)root.Attribute("height")!;
        foreach (XElement rect in root.Descendants(Svg + "rect"))
        {
            ((double)rect.Attribute("x")!).Should().BeGreaterThanOrEqualTo(0);
            ((double)rect.Attribute("x")! + (double)rect.Attribute("width")!).Should().BeLessThanOrEqualTo(width);
            ((double)rect.Attribute("y")! + (double)rect.Attribute("height")!).Should().BeLessThanOrEqualTo(height);
        }
    }

    [Fact]
    public void Write_Anything_NeedsNothingElse()
    {
        string text = Draw(NetworkInspector.Inspect(RandomNetworks.Make(7, isPadded: true, preservesZero: false), plan: null, CancellationToken.None)).ToString();

        text.Should().NotContain("<script").And.NotContain("href").And.NotContain("url(").And.NotContain("@import").And.NotContain("NaN");
    }

    [Fact]
    public void Write_NamesThatXmlDoesNotAllow_AreReplaced()
    {
        var net = new NetworkBuilder(8);
        net.Head(net.Conv("input", 5, 1));

        XElement root = Draw(NetworkInspector.Inspect(net.Build("a <b> & \u0001 \ud83d\ude00"), plan: null, CancellationToken.None));

        root.Elements(Svg + "text").First().Value.Should().Be("a <b> & \uFFFD \ud83d\ude00");
    }

    [Fact]
    public void Write_AShortcutAndATie_AreDrawn()
    {
        var net = new NetworkBuilder(9);
        string stem = net.ConvNormAct("input", 8);
        string sum = net.Add(new Add(), stem, net.ConvNormAct(stem, 8));
        net.Head(net.Conv(sum, 5, 1));

        XElement root = Draw(NetworkInspector.Inspect(net.Build(), plan: null, CancellationToken.None));

        root.Descendants(Svg + "title").Select(static title => title.Value).Should().Contain($"{stem} to {sum}")
            .And.Contain("Group 0: 8 channels, tied over layers n0, n3");
        root.Descendants(Svg + "path").Should().HaveCount(2, "one arc and its arrow");
    }

    [Theory]
    [InlineData("13.m.0.cv1")]
    [InlineData("model.22.cv3.2.1.conv.bn")]
    [InlineData("a_name_so_long_that_nobody_would_read_all_of_it_in_a_picture.conv")]
    public void Write_LongNamesOfLayers_StandOnThePaperAndBesideTheTies(string prefix)
    {
        var net = new NetworkBuilder(9);
        string stem = net.ConvNormAct("input", 8);
        string sum = net.Add(new Add(), stem, net.ConvNormAct(stem, 8));
        net.Head(net.Conv(sum, 5, 1));

        XElement root = Draw(NetworkInspector.Inspect(Renamed(net.Build(), prefix), plan: null, CancellationToken.None));

        double ties = root.Descendants(Svg + "circle").Where(static circle => (double)circle.Attribute("cy")! > 150).Max(static circle => (double)circle.Attribute("cx")! + (double)circle.Attribute("r")!);
        XElement[] names = [.. root.Descendants(Svg + "text").Where(static text => (string?)text.Attribute("font-weight") == "600" && (string?)text.Attribute("text-anchor") == "end")];
        names.Should().NotBeEmpty();
        foreach (XElement name in names)
        {
            // What DejaVu Sans, a wide one, takes in bold at 11 pixels.
            double width = name.Value.Sum(static sign => sign switch { '.' or 'i' or 'l' => 4.1, 't' or 'f' or 'r' or '_' => 5.4, 'm' => 11.4, _ => 7.6 });
            ((double)name.Attribute("x")! - width).Should().BeGreaterThan(ties, "'{0}' must not run through the ties", name.Value);
        }
    }

    [Fact]
    public void Lanes_SpansThatOverlap_DoNotShareOne()
    {
        (int First, int Last)[] spans = [(0, 4), (4, 8), (1, 9)];

        Lanes.Assign(spans, mayTouch: true).Should().Equal(0, 0, 1);
        Lanes.Assign(spans, mayTouch: false).Should().Equal(0, 1, 2);
        Lanes.Assign([(0, 9), (3, 4)], mayTouch: true).Should().Equal([1, 0], "the shortest comes next to the boxes");
    }

    private static Network Renamed(Network network, string prefix) => network.With(
        network.Nodes.Select((node, i) => node with { Origin = node.Origin with { Layer = $"{prefix}.{i}" } }),
        network.Heads.Select(head => head with { Origin = head.Origin with { Layer = $"{prefix}.head" } }));

    private static XElement Draw(NetworkInspection inspection)
    {
        using var stream = new MemoryStream();
        NetworkPicture.Write(inspection, stream);
        stream.Position = 0;
        return XDocument.Load(stream).Root!;
    }
}
