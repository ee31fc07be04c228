using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>Two convolutions of 4 and 6 channels, their groups, and one block, made by hand.</summary>
internal static class TestNetwork
{
    public static PruningContext Context()
    {
        Network network = new("two", [new NetworkInput("data", new Shape(3, 8, 8), Preprocessing.Darknet)], [Conv("0.conv", 3, 4, "data"), Conv("1.conv", 4, 6, "0.conv")], []);
        ImmutableArray<ChannelGroup> groups = [Group(0, network.Nodes[0], 4), Group(1, network.Nodes[1], 6)];
        return new PruningContext(network, groups, new NoServices()) { Seed = 7 };
    }

    public static ResidualBlock Block(Network network) => new(0, network.Nodes[1], "0.conv", []);

    private static Node Conv(string id, int from, int to, string input) => new(
        id,
        new Convolution(Tensor.FromFloats(new Shape(to, from, 1, 1), new float[to * from]), null),
        [input],
        new NodeOrigin(id[..1], "convolutional", null));

    private static ChannelGroup Group(int index, Node node, int size)
    {
        ImmutableArray<int> all = [.. Enumerable.Range(0, size)];
        return new ChannelGroup(index, size, [new GroupMember(node, null, all, all) { IsProducer = true }]);
    }

    private sealed class NoServices : IPruningServices
    {
        public ChannelMasks Select(PruningContext context, ChannelDecision decision) => ChannelMasks.All(context.Groups);

        public IPruningCriterion FindCriterion(string name, IReadOnlyDictionary<string, string> options) => throw new NotSupportedException();

        public ImmutableArray<OptionDescriptor> OptionsOf(string name) => throw new NotSupportedException();

        public ImmutableArray<double[]> Measure(PruningContext context, ChannelMeasurement measurement, CancellationToken cancellationToken) => throw new NotSupportedException();

        public InputStatistics MeasureInputs(PruningContext context, InputMeasurement measurement, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
