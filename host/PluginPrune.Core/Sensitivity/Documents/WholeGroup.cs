using System.Collections.Immutable;

namespace PluginPrune.Core.Sensitivity;

/// <summary>A channel group of which nothing was measured, since nothing of it can go.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Layers">The layers of the user's file whose channels are tied.</param>
/// <param name="Channels">How many channels it has.</param>
/// <param name="Why">Why.</param>
public sealed record WholeGroup(string Group, ImmutableArray<string> Layers, int Channels, string Why);
