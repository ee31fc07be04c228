using System.Collections.Immutable;
using PluginPrune.DatasetSynthetic.Drawing;

namespace PluginPrune.DatasetSynthetic.Scenes;

/// <summary>Everything that is to be drawn.</summary>
/// <param name="Size">Width and height in pixels.</param>
/// <param name="Backdrop">What is behind.</param>
/// <param name="Clutter">Shapes that are not to be found, farthest first.</param>
/// <param name="Objects">Those that are, farthest first.</param>
/// <param name="StrokesBehind">Lines behind the objects.</param>
/// <param name="StrokesInFront">Lines before them.</param>
/// <param name="Lens">What the camera adds.</param>
internal sealed record Scene(
    int Size,
    Backdrop Backdrop,
    ImmutableArray<Thing> Clutter,
    ImmutableArray<SceneObject> Objects,
    ImmutableArray<Stroke> StrokesBehind,
    ImmutableArray<Stroke> StrokesInFront,
    Lens Lens);
