using PluginPrune.DatasetSynthetic.Drawing;
using PluginPrune.DatasetSynthetic.Shapes;

namespace PluginPrune.DatasetSynthetic.Scenes;

/// <summary>Something that is drawn.</summary>
/// <param name="Outline">Its edge.</param>
/// <param name="Pose">Where it is, for the texture.</param>
/// <param name="Material">What it is painted with.</param>
internal sealed record Thing(Outline Outline, Pose Pose, Material Material);
