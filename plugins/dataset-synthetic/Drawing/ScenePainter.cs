using PluginPrune.DatasetSynthetic.Scenes;

namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>Paints scenes, farthest things first.</summary>
internal static class ScenePainter
{
    /// <summary>The scene as a file, a binary PPM of 8 bits a channel.</summary>
    public static byte[] Paint(Scene scene)
    {
        var canvas = new Canvas(scene.Size);
        BackdropPainter.Paint(canvas, scene.Backdrop);
        foreach (Thing thing in scene.Clutter)
        {
            ThingPainter.Paint(canvas, thing);
        }

        foreach (Stroke stroke in scene.StrokesBehind)
        {
            StrokePainter.Paint(canvas, stroke);
        }

        foreach (SceneObject thing in scene.Objects)
        {
            ThingPainter.Paint(canvas, thing.Thing);
        }

        foreach (Stroke stroke in scene.StrokesInFront)
        {
            StrokePainter.Paint(canvas, stroke);
        }

        return LensPainter.Develop(canvas, scene.Lens);
    }
}
