using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Contracts.Groups;

/// <summary>A layer whose channels belong to a group: a convolution, a linear layer, or a batch norm that stands alone.</summary>
/// <param name="Layer">The node that makes, or for a depthwise convolution or a lone batch norm passes on, the channels.</param>
/// <param name="BatchNorm">
/// The batch norm that scales the layer's channels: the only reader of the layer's output, or the layer itself where it is a
/// lone batch norm. Null where there is none.
/// </param>
/// <param name="Channels">The layer's channels that belong to the group, ascending.</param>
/// <param name="Elements">For each of <paramref name="Channels"/> the element of the group that it is.</param>
public sealed record GroupMember(Node Layer, Node? BatchNorm, ImmutableArray<int> Channels, ImmutableArray<int> Elements)
{
    /// <summary>Whether the layer makes new channels; false where it passes its input's channels on, one by one.</summary>
    public required bool IsProducer { get; init; }

    /// <summary>Whether the layer takes part under the scope asked for, see <see cref="PruningScope"/>.</summary>
    public bool IsInScope { get; init; } = true;

    /// <summary>The operation of <see cref="BatchNorm"/>, or null.</summary>
    public BatchNorm? Norm => BatchNorm?.Operation as BatchNorm;
}
