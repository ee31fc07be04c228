using System.Collections.Immutable;

namespace PluginPrune.Contracts.Groups;

/// <summary>
/// Channels, over one or more layers, that stand and fall together: element e of the group is one channel of every member
/// that has it. A convolution that nothing ties is a group of its own; a residual chain or a depthwise pair is one group.
/// </summary>
/// <param name="Index">The place of the group among the network's groups, from 0.</param>
/// <param name="Size">How many elements it has.</param>
/// <param name="Members">The layers, in the network's order; the first is a producer.</param>
public sealed record ChannelGroup(int Index, int Size, ImmutableArray<GroupMember> Members)
{
    /// <summary>The convolutions and linear layers that mix the group's channels into new ones, in the network's order.</summary>
    public ImmutableArray<GroupReader> Readers { get; init; } = [];

    /// <summary>Why an element must stay, element by element; empty where none is locked.</summary>
    public ImmutableArray<string?> Locks { get; init; } = [];

    /// <summary>Whether an addition ties the channels of two or more producers, as a residual shortcut does.</summary>
    public bool IsTiedByAddition { get; init; }

    /// <summary>The id of the first producer, by which reports and plans call the group.</summary>
    public string Name => Members[0].Layer.Id;

    /// <summary>Whether every element must stay.</summary>
    public bool IsLocked => !Locks.IsEmpty && Locks.All(static reason => reason is not null);

    /// <summary>Why an element must stay, or null where it may go.</summary>
    /// <param name="element">From 0 to <see cref="Size"/> - 1.</param>
    public string? LockOf(int element) => Locks.IsEmpty ? null : Locks[element];
}
