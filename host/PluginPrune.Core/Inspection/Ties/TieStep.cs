namespace PluginPrune.Core.Inspection;

/// <summary>A value on a path of ties.</summary>
/// <param name="Value">A node's id or an input's name.</param>
/// <param name="Channel">The channel of it that the path goes through.</param>
/// <param name="Link">How the path got here.</param>
public sealed record TieStep(string Value, int Channel, TieLink Link);
