using System.Text.Json;

namespace PluginPrune.Core.Plans;

/// <summary>A value of a plan's file that knows where it stands.</summary>
/// <param name="Kind">Its first token.</param>
/// <param name="Text">The string, or the number as it was written; empty for others.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record PlanValue(JsonTokenType Kind, string Text, PlanPlace Place)
{
    /// <summary>The members of an object in the file's order; a key may stand twice.</summary>
    public List<PlanMember> Members { get; init; } = NoMembers;

    /// <summary>The items of an array.</summary>
    public List<PlanValue> Items { get; init; } = NoItems;

    // Most values are neither objects nor arrays. Nobody adds to these.
    private static List<PlanMember> NoMembers { get; } = [];

    private static List<PlanValue> NoItems { get; } = [];

    /// <summary>What a reader of a message would call it.</summary>
    public string Description => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"the string {PlanNames.Quote(Text)}",
        JsonTokenType.Number => $"the number {PlanNames.Clean(Text, 60)}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
