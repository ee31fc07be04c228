using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Inspection;

/// <summary>What there is to know of one channel group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Ties">What ties its layers.</param>
/// <param name="Locks">What locks how many of its elements.</param>
/// <param name="Kept">How many of its elements a plan keeps, or null without a plan.</param>
public sealed record GroupInspection(ChannelGroup Group, TieKinds Ties, ImmutableArray<LockCount> Locks, int? Kept)
{
    /// <summary>The layers of the user's file that its members are, in order.</summary>
    public ImmutableArray<string> Layers { get; } = [.. Group.Members.Select(static member => member.Layer.Origin.Layer).Distinct(StringComparer.Ordinal)];

    /// <summary>How many elements must stay.</summary>
    public int Locked => Locks.Sum(static reason => reason.Channels);
}
