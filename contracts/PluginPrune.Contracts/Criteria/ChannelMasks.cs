using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Contracts.Criteria;

/// <summary>For every element of every group of a network, whether it stays.</summary>
public sealed class ChannelMasks
{
    private readonly ImmutableArray<ImmutableArray<bool>> _keep;

    /// <summary>Takes the masks.</summary>
    /// <param name="keep">One mask for each group in the groups' order, each as long as its group; true stays.</param>
    public ChannelMasks(IEnumerable<ImmutableArray<bool>> keep) => _keep = [.. keep];

    /// <summary>How many groups there are.</summary>
    public int Count => _keep.Length;

    /// <summary>The mask of a group; true stays.</summary>
    /// <param name="group">A group of the same network.</param>
    public ImmutableArray<bool> this[ChannelGroup group] => _keep[group.Index];

    /// <summary>Masks that keep everything.</summary>
    /// <param name="groups">The groups.</param>
    public static ChannelMasks All(IEnumerable<ChannelGroup> groups) =>
        new(groups.Select(static group => ImmutableArray.CreateRange(Enumerable.Repeat(true, group.Size))));

    /// <summary>How many elements of a group stay.</summary>
    /// <param name="group">A group of the same network.</param>
    public int Kept(ChannelGroup group) => this[group].Count(static keep => keep);
}
