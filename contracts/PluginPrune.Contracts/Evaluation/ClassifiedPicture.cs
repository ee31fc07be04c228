using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>What a network takes a picture for, and what it shows.</summary>
/// <param name="Item">The picture.</param>
/// <param name="Probabilities">How likely each of the network's classes is, 0 to 1.</param>
/// <param name="ClassIndex">What it shows, as the network counts classes.</param>
public sealed record ClassifiedPicture(DatasetItem Item, ImmutableArray<float> Probabilities, int ClassIndex);
