using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetSynthetic.Scenes;
using PluginPrune.DatasetSynthetic.Shapes;

namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>Paints shapes with smooth edges: a pixel is covered by as much as its centre is inside.</summary>
internal static class ThingPainter
{
    // Shadows fall to the lower right, soft, by a share of the shape's size.
    private const float ShadowOffset = 0.12f;
    private const float ShadowSoftness = 0.16f;

    public static void Paint(Canvas canvas, Thing thing)
    {
        float size = MathF.Max(thing.Pose.RadiusX, thing.Pose.RadiusY);
        if (thing.Material.Shadow > 0)
        {
            PaintShadow(canvas, thing, size);
        }

        Outline outline = thing.Outline;
        Material material = thing.Material;
        float rim = material.Rim * size;
        Color rimColor = material.Color.Times(0.35f);
        (int left, int top, int right, int bottom) = Pixels(outline.Bounds, 1, canvas.Size);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                float distance = outline.Distance(x + 0.5f, y + 0.5f);
                if (distance >= 0.5f)
                {
                    continue;
                }

                (float u, float v) = thing.Pose.ToUnit(x + 0.5f, y + 0.5f);
                Color color = material.At(u, v);
                if (rim > 0)
                {
                    color = color.Mix(rimColor, Math.Clamp(distance + rim + 0.5f, 0f, 1f));
                }

                canvas.Cover((y * canvas.Size) + x, color, MathF.Min(0.5f - distance, 1));
            }
        }
    }

    private static void PaintShadow(Canvas canvas, Thing thing, float size)
    {
        float offset = ShadowOffset * size;
        float softness = ShadowSoftness * size + 1;
        float inverse = 0.5f / softness;
        (int left, int top, int right, int bottom) = Pixels(thing.Outline.Bounds.Shift(offset, offset), softness, canvas.Size);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                float distance = thing.Outline.Distance(x + 0.5f - offset, y + 0.5f - offset);
                if (distance < softness)
                {
                    float share = MathF.Min(0.5f - (distance * inverse), 1);
                    canvas.Darken((y * canvas.Size) + x, thing.Material.Shadow * share * share * (3 - (2 * share)));
                }
            }
        }
    }

    private static (int Left, int Top, int Right, int Bottom) Pixels(Box bounds, float margin, int size)
    {
        Box box = new Box(bounds.Left - margin, bounds.Top - margin, bounds.Right + margin, bounds.Bottom + margin).Clip(size, size);
        return ((int)box.Left, (int)box.Top, (int)Math.Ceiling(box.Right), (int)Math.Ceiling(box.Bottom));
    }
}
