using PluginPrune.DatasetSynthetic.Scenes;

namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>What a shape is painted with.</summary>
internal sealed record Material(Color Color, Color Second, Pattern Pattern, float Frequency, float Phase, float LightX, float LightY)
{
    private const int Tries = 12;

    /// <summary>The width of the rim as a share of the shape's size, 0 for none.</summary>
    public float Rim { get; init; }

    /// <summary>How dark the shadow below is, 0 for none.</summary>
    public float Shadow { get; init; }

    /// <summary>A material that can be told from two colours behind it.</summary>
    /// <param name="random">The scene's random numbers.</param>
    /// <param name="one">A colour behind it.</param>
    /// <param name="other">Another.</param>
    /// <param name="contrast">How far, as a square of a difference of colours; kept where a few tries allow it.</param>
    public static Material Make(SceneRandom random, Color one, Color other, float contrast)
    {
        Color color = Color.Random(random, 0.1f, 1);
        for (int i = 0; i < Tries && MathF.Min(color.Difference(one), color.Difference(other)) < contrast; i++)
        {
            color = Color.Random(random, 0.1f, 1);
        }

        Color second = random.Chance(0.5f) ? color.Times(random.Between(0.55f, 0.85f)) : color.Mix(Color.Random(random, 0.2f, 1), random.Between(0.2f, 0.5f));
        (float x, float y) = random.Direction();
        float light = random.Between(0.05f, 0.35f);
        return new Material(color, second, random.Chance(0.4f) ? Pattern.Plain : (Pattern)(1 + random.Below(4)), random.Between(1.5f, 4), random.Unit(), x * light, y * light)
        {
            Rim = random.Chance(0.3f) ? random.Between(0.04f, 0.1f) : 0,
            Shadow = random.Chance(0.4f) ? random.Between(0.2f, 0.55f) : 0,
        };
    }

    /// <summary>The colour at a point of a shape that fills the unit circle.</summary>
    public Color At(float u, float v)
    {
        Color color = Pattern == Pattern.Plain ? Color : Color.Mix(Second, Share((u * Frequency) + Phase, (v * Frequency) + Phase));
        return color.Times(1 + (u * LightX) + (v * LightY));
    }

    /// <summary>How much of the second colour, 0 to 1, with soft edges.</summary>
    private float Share(float u, float v)
    {
        float across = Saw(u);
        float down = Saw(v);
        return Pattern switch
        {
            Pattern.Stripes => Edge(across - 0.5f),
            Pattern.Checks => Edge((across - 0.5f) * (down - 0.5f) * 4),
            Pattern.Dots => Edge(0.3f - MathF.Sqrt(((1 - across) * (1 - across)) + ((1 - down) * (1 - down))) + 0.2f),
            _ => Edge(Saw(u + (0.35f * down)) - 0.5f),
        };
    }

    // 0 at whole numbers, 1 half-way between them.
    private static float Saw(float value)
    {
        float part = value - MathF.Floor(value);
        return part < 0.5f ? 2 * part : 2 - (2 * part);
    }

    private static float Edge(float value) => Math.Clamp((value * 5) + 0.5f, 0f, 1f);
}
