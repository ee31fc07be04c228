using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetSynthetic.Drawing;
using PluginPrune.DatasetSynthetic.Shapes;

namespace PluginPrune.DatasetSynthetic.Scenes;

/// <summary>An object that is to be found.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Thing">How it is drawn.</param>
/// <param name="Box">The smallest box around what of it is within the picture, hidden parts included.</param>
internal sealed record SceneObject(ShapeClass Class, Thing Thing, Box Box);
