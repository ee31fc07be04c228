using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Groups;

/// <summary>
/// A layer that reads channels of a group and loses the weights for those that go: a convolution that is not depthwise, or a
/// linear layer. One that makes channels of the same group, as in a chain of equal grouped layers, is a member too.
/// </summary>
/// <param name="Layer">The node. Its weight is [out, in / groups, kernel height, kernel width] or [out, in].</param>
/// <param name="Channels">
/// The channels of the layer's input that belong to the group, ascending: second index of the weight, in a convolution of
/// several groups counted through all of them.
/// </param>
/// <param name="Elements">
/// For each of <paramref name="Channels"/> the element of the group that it is. An element may stand several times: behind a
/// flattening once for each place, behind a concatenation once for each time that it is in it.
/// </param>
public sealed record GroupReader(Node Layer, ImmutableArray<int> Channels, ImmutableArray<int> Elements);
