using PluginPrune.Contracts.Groups;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion thinks of one layer's channels.</summary>
/// <param name="Group">The group that the layer belongs to.</param>
/// <param name="Member">The layer.</param>
/// <param name="Values">A finite number for each of the member's channels; the larger, the more it is worth keeping.</param>
public sealed record MemberScores(ChannelGroup Group, GroupMember Member, double[] Values);
