using PluginPrune.Contracts.Detections;

namespace PluginPrune.DatasetVoc.Annotations;

/// <summary>One object of an annotation.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Corners">xmin, ymin, xmax and ymax as they are written.</param>
/// <param name="IsDifficult">Whether it is marked as hard to see.</param>
/// <param name="Line">The 1-based line where it begins.</param>
internal sealed record AnnotatedObject(string Name, Box Corners, bool IsDifficult, int Line);
