using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.EvaluatorDetection;

/// <summary>What was found on a picture, and what is there.</summary>
/// <param name="Detections">In any order; of equal scores the first counts as the better.</param>
/// <param name="Labels">Boxes in the detections' unit, classes as they count them.</param>
internal readonly record struct LabelledDetections(ImmutableArray<Detection> Detections, ImmutableArray<ObjectLabel> Labels);
