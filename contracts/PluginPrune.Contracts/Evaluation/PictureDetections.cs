using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>What was found on a picture, and what is there.</summary>
/// <param name="Item">The picture.</param>
/// <param name="Width">Its width in pixels, upright.</param>
/// <param name="Height">Its height in pixels, upright.</param>
/// <param name="Detections">What was found, by falling score; boxes in pixels of the photo.</param>
/// <param name="Labels">What is there; boxes in pixels of the photo, classes as the network counts them.</param>
public sealed record PictureDetections(
    DatasetItem Item, int Width, int Height, ImmutableArray<Detection> Detections, ImmutableArray<ObjectLabel> Labels);
