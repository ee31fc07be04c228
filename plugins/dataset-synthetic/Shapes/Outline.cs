using PluginPrune.Contracts.Detections;

namespace PluginPrune.DatasetSynthetic.Shapes;

/// <summary>A shape at its place in the picture, all in pixels.</summary>
internal abstract class Outline
{
    /// <summary>The smallest box around it.</summary>
    public abstract Box Bounds { get; }

    /// <summary>How far a point is from the edge: negative inside, and near the edge right to a part of a pixel.</summary>
    public abstract float Distance(float x, float y);
}
