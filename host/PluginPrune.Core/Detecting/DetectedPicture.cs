using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>What was found on a picture.</summary>
/// <param name="Picture">The picture, or why it could not be read.</param>
/// <param name="Detections">Best first, boxes in pixels of the picture; empty where it could not be read.</param>
public sealed record DetectedPicture(PreparedPicture Picture, ImmutableArray<Detection> Detections);
