using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion has to say of one layer: how it came to its choice, for the reader of a plan.</summary>
/// <param name="Layer">The layer's node, as <see cref="Groups.GroupMember.Layer"/> has it.</param>
/// <param name="Text">One line of plain text, for instance 'k = 4 by the elbow: 12, 30, 9 and 13 filters'.</param>
public sealed record LayerNote(Node Layer, string Text)
{
    /// <summary>What can be drawn of it, with axes in common; values are finite.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<Curve> Curves { get; init; } = [];
}
