using PluginPrune.DatasetSynthetic.Scenes;

namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>A colour, 0 to 1 each.</summary>
internal readonly record struct Color(float Red, float Green, float Blue)
{
    /// <summary>Any hue, more or less vivid.</summary>
    public static Color Random(SceneRandom random, float leastSaturation, float mostSaturation)
    {
        float hue = random.Between(0, 6);
        float saturation = random.Between(leastSaturation, mostSaturation);
        float value = random.Between(0.2f, 1);
        return new Color(Part(hue + 5, value, saturation), Part(hue + 3, value, saturation), Part(hue + 1, value, saturation));
    }

    public Color Mix(Color other, float share) => new(
        Red + ((other.Red - Red) * share), Green + ((other.Green - Green) * share), Blue + ((other.Blue - Blue) * share));

    public Color Times(float factor) => new(Red * factor, Green * factor, Blue * factor);

    /// <summary>The square of the distance to another colour; green counts most, as eyes have it.</summary>
    public float Difference(Color other)
    {
        float red = Red - other.Red;
        float green = Green - other.Green;
        float blue = Blue - other.Blue;
        return (0.3f * red * red) + (0.5f * green * green) + (0.2f * blue * blue);
    }

    // HSV to RGB: a channel falls and rises linearly around the circle of hues.
    private static float Part(float hue, float value, float saturation)
    {
        float k = hue >= 6 ? hue - 6 : hue;
        return value - (value * saturation * Math.Clamp(MathF.Min(k, 4 - k), 0f, 1f));
    }
}
