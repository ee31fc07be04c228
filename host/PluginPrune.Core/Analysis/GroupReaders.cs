using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Analysis;

/// <summary>Which layers mix the channels of each group into new ones, and which of their input channels are whose.</summary>
internal static class GroupReaders
{
    /// <summary>The readers of each group, in the network's order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="elements">For each channel of each value, the element that it is.</param>
    /// <param name="groups">How many groups there are.</param>
    public static List<GroupReader>[] Find(Network network, Dictionary<string, ImmutableArray<ChannelElement>> elements, int groups)
    {
        List<GroupReader>[] readers = [.. Enumerable.Range(0, groups).Select(static _ => new List<GroupReader>())];
        foreach (Node node in network.Nodes.Where(static node => node.Operation is Convolution { IsDepthwise: false } or Linear))
        {
            ImmutableArray<ChannelElement> read = elements[node.Inputs[0]];
            foreach (int group in read.Select(static element => element.Group).Where(static group => group >= 0).Distinct())
            {
                int[] channels = [.. Enumerable.Range(0, read.Length).Where(channel => read[channel].Group == group)];
                readers[group].Add(new GroupReader(node, [.. channels], [.. channels.Select(channel => read[channel].Element)]));
            }
        }

        return readers;
    }
}
