namespace PluginPrune.Core.Inspection;

/// <summary>Something about some channels of a value.</summary>
/// <param name="Channels">Which, as in '0-3 7 9-12'.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">What about them.</param>
public sealed record ChannelNote(string Channels, int Count, string Reason);
