using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Analysis;

public sealed class GroupReaderTests
{
    private readonly NetworkBuilder _net = new(1);

    [Fact]
    public void Of_Chain_IsReadByTheNextLayerAlone()
    {
        string first = _net.ConvNormAct("input", 8);
        string second = _net.Conv(first, 6, 1, bias: true);
        _net.Head(second);

        NetworkAnalysis analysis = _net.Analyse();

        GroupReader reader = analysis.Groups[0].Readers.Single();
        reader.Layer.Id.Should().Be(second);
        reader.Channels.Should().Equal(Enumerable.Range(0, 8));
        reader.Elements.Should().Equal(Enumerable.Range(0, 8));
        analysis.Groups[1].Readers.Should().BeEmpty();
    }

    [Fact]
    public void Of_ConcatOfTwoGroupsOneOfThemTwice_GivesEachItsChannels()
    {
        string left = _net.Conv("input", 3);
        string right = _net.Conv("input", 2);
        string reader = _net.Conv(_net.Add(new Concat(), left, right, left), 5, 1);
        _net.Head(reader);

        NetworkAnalysis analysis = _net.Analyse();

        GroupReader ofLeft = analysis.At(left, 0).Group.Readers.Single();
        ofLeft.Channels.Should().Equal(0, 1, 2, 5, 6, 7);
        ofLeft.Elements.Should().Equal(0, 1, 2, 0, 1, 2);
        GroupReader ofRight = analysis.At(right, 0).Group.Readers.Single();
        ofRight.Channels.Should().Equal(3, 4);
        ofRight.Elements.Should().Equal(0, 1);
    }

    [Fact]
    public void Of_ResidualChain_IsReadInsideItsBlocksToo()
    {
        string stem = _net.ConvNormAct("input", 8);
        string inner = _net.Conv(stem, 4, 1);
        string sum = _net.Add(new Add(), stem, _net.ConvNormAct(inner, 8));
        string last = _net.Conv(sum, 5, 1);
        _net.Head(last);

        NetworkAnalysis analysis = _net.Analyse();

        analysis.At(stem, 0).Group.Readers.Select(static reader => reader.Layer.Id).Should().Equal(inner, last);
    }

    [Fact]
    public void Of_DepthwiseLayer_IsAMemberAndNoReader()
    {
        string point = _net.Conv("input", 6, 1);
        string depth = _net.Conv(point, 12, 3, groups: 6);
        string reader = _net.Conv(depth, 5, 1);
        _net.Head(reader);

        ChannelGroup group = _net.Analyse().Groups[0];

        group.Members.Select(static member => member.Layer.Id).Should().Equal(point, depth);
        group.Readers.Single().Elements.Should().Equal(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
    }

    [Fact]
    public void Of_FlatteningBeforeALinearLayer_NamesAnElementOnceForEachPlace()
    {
        var net = new NetworkBuilder(1, height: 2, width: 2);
        string first = net.Conv("input", 3, 1);
        string linear = net.Linear(net.Add(new Flatten(), first), 4);
        net.Head(linear);

        GroupReader reader = net.Analyse().Groups[0].Readers.Single();

        reader.Layer.Id.Should().Be(linear);
        reader.Elements.Should().Equal(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
    }
}
