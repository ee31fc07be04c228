using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Plans;

/// <summary>What a criterion said of a layer when a plan was made; for the reader.</summary>
/// <param name="Layer">The id of the layer's node.</param>
/// <param name="Text">What it said.</param>
public sealed record PlannedNote(string Layer, string Text)
{
    /// <summary>What can be drawn of it.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<Curve> Curves { get; init; } = [];

    /// <summary>The notes of a decision, in its order, and behind those of a layer with weights what becomes of these.</summary>
    /// <param name="decision">The decision, or null for none.</param>
    /// <param name="whole">The network that was decided on.</param>
    /// <param name="small">What is left of it.</param>
    public static ImmutableArray<PlannedNote> Of(ChannelDecision? decision, Network whole, Network small)
    {
        ImmutableArray<LayerNote> notes = decision?.Notes ?? [];
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < notes.Length; i++)
        {
            last[notes[i].Layer.Id] = i;
        }

        var planned = ImmutableArray.CreateBuilder<PlannedNote>();
        for (int i = 0; i < notes.Length; i++)
        {
            string layer = notes[i].Layer.Id;
            planned.Add(new PlannedNote(layer, notes[i].Text) { Curves = notes[i].Curves });
            if (last[layer] == i && WeightOf(whole.Find(layer)) is { } before)
            {
                planned.Add(new PlannedNote(layer, WeightOf(small.Find(layer)) is { } after ? $"weights become {after}, of {before}" : $"weights, {before}, go with the layer's block"));
            }
        }

        return planned.ToImmutable();
    }

    private static Shape? WeightOf(Node? node) => node?.Operation switch
    {
        Convolution convolution => convolution.Weight.Shape,
        Linear linear => linear.Weight.Shape,
        _ => null,
    };
}
