namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>A straight line, in pixels.</summary>
internal sealed record Stroke(float FromX, float FromY, float ToX, float ToY, float Width, Color Color, float Opacity);
