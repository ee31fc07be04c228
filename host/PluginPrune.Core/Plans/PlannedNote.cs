using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Plans;

/// <summary>What a criterion said of a layer when a plan was made; for the reader.</summary>
/// <param name="Layer">The id of the layer's node.</param>
/// <param name="Text">What it said.</param>
public sealed record PlannedNote(string Layer, string Text)
{
    /// <summary>What can be drawn of it.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<Curve> Curves { get; init; } = [];

    /// <summary>The notes of a decision, in its order.</summary>
    /// <param name="decision">The decision, or null for none.</param>
    public static ImmutableArray<PlannedNote> Of(ChannelDecision? decision) =>
        [.. (decision?.Notes ?? []).Select(static note => new PlannedNote(note.Layer.Id, note.Text) { Curves = note.Curves })];
}
