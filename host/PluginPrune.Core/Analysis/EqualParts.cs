using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Analysis;

/// <summary>
/// A cardinality constraint: the channels of a value lie in equal, contiguous parts, and each part must keep equally many,
/// whichever they are. Grouped convolutions and equal splits ask for it.
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="Parts">In how many parts its channels lie.</param>
/// <param name="Because">The node that asks for it.</param>
public sealed record EqualParts(string Value, int Parts, Node Because);
