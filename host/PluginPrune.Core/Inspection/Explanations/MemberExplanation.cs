using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Inspection;

/// <summary>A member of a group, and what ties it to the layer that is explained.</summary>
/// <param name="Member">The member.</param>
/// <param name="Path">The way along which a channel of the one is one with a channel of the other; null where the member is the layer itself.</param>
public sealed record MemberExplanation(GroupMember Member, TiePath? Path);
