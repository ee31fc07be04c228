using System.Collections.Immutable;

namespace PluginPrune.Core.Inspection;

/// <summary>A group that a value's channels belong to.</summary>
/// <param name="Group">The group.</param>
/// <param name="Channels">How many of the value's channels belong to it.</param>
/// <param name="Members">Its members.</param>
public sealed record GroupExplanation(GroupInspection Group, int Channels, ImmutableArray<MemberExplanation> Members);
