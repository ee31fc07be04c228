namespace PluginPrune.Core.Analysis;

/// <summary>The element of a channel group that a channel of a value is; <see cref="Group"/> is -1 where it always stays.</summary>
/// <param name="Group">The index of the group, or -1.</param>
/// <param name="Element">The element in the group.</param>
public readonly record struct ChannelElement(int Group, int Element)
{
    /// <summary>A channel that no group has: of the network's input, or made by an opaque node.</summary>
    public static ChannelElement Fixed { get; } = new(-1, 0);
}
