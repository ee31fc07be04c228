using System.Collections.Immutable;

namespace PluginPrune.Contracts.Heads;

/// <summary>What the channels of a head's input mean.</summary>
/// <param name="Anchors">How many boxes each place predicts; 0 for a classifier.</param>
/// <param name="Classes">How many classes there are.</param>
/// <param name="Channels">The meaning of each channel.</param>
public sealed record HeadLayout(int Anchors, int Classes, ImmutableArray<HeadChannel> Channels);
