using System.Text.Json;

namespace PluginPrune.Core.Plugins;

/// <summary>A value of a manifest that knows where it stands.</summary>
/// <param name="Kind">Its first token: an object, an array, a string, a number, true, false or null.</param>
/// <param name="Text">The string, or the number as it was written; empty for others.</param>
/// <param name="Path">For instance '$.entry.type'.</param>
/// <param name="Line">1-based.</param>
internal sealed record ManifestValue(JsonTokenType Kind, string Text, string Path, int Line)
{
    /// <summary>The members of an object in the order of the file; a key may stand twice.</summary>
    public List<KeyValuePair<string, ManifestValue>> Members { get; } = [];

    /// <summary>The items of an array.</summary>
    public List<ManifestValue> Items { get; } = [];

    /// <summary>What a reader of the message would call it.</summary>
    public string Description => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"the string \"{(Text.Length > 40 ? Text[..40] + "..." : Text)}\"",
        JsonTokenType.Number => $"the number {Text}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };

    /// <summary>The last member with a key, or null.</summary>
    public ManifestValue? Find(string key) => Members.FindLast(member => member.Key == key).Value;
}
