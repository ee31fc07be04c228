using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetSynthetic.Shapes;

namespace PluginPrune.DatasetSynthetic.Scenes;

/// <summary>How much of an object is to be seen.</summary>
internal static class Visibility
{
    private const int Samples = 20;

    /// <summary>The share of the shape within the picture that no nearer object hides, by a grid of points.</summary>
    /// <param name="outline">The shape.</param>
    /// <param name="box">The part of its box within the picture.</param>
    /// <param name="nearer">What is before it.</param>
    public static float Of(Outline outline, Box box, List<SceneObject> nearer)
    {
        Outline[] covers = [.. nearer.Where(other => other.Box.Intersect(box) > 0).Select(static other => other.Thing.Outline)];
        if (covers.Length == 0)
        {
            return 1;
        }

        int inside = 0;
        int visible = 0;
        float stepX = (float)box.Width / Samples;
        float stepY = (float)box.Height / Samples;
        for (int row = 0; row < Samples; row++)
        {
            float y = (float)box.Top + ((row + 0.5f) * stepY);
            for (int column = 0; column < Samples; column++)
            {
                float x = (float)box.Left + ((column + 0.5f) * stepX);
                if (outline.Distance(x, y) < 0)
                {
                    inside++;
                    visible += IsCovered(covers, x, y) ? 0 : 1;
                }
            }
        }

        return inside == 0 ? 0 : (float)visible / inside;
    }

    private static bool IsCovered(Outline[] covers, float x, float y)
    {
        foreach (Outline cover in covers)
        {
            if (cover.Distance(x, y) < 0)
            {
                return true;
            }
        }

        return false;
    }
}
