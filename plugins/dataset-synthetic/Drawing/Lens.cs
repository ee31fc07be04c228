using PluginPrune.DatasetSynthetic.Scenes;

namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>What the camera adds.</summary>
/// <param name="Blur">The share of each neighbour in a pixel, 0 to 1/3.</param>
/// <param name="Passes">How often it is applied.</param>
/// <param name="Noise">The standard deviation of each channel, 0 to 1.</param>
/// <param name="Gain">The contrast.</param>
/// <param name="Lift">The brightness.</param>
/// <param name="Vignette">How much darker the corners are.</param>
/// <param name="Seed">Of the noise.</param>
internal sealed record Lens(float Blur, int Passes, float Noise, float Gain, float Lift, float Vignette, ulong Seed)
{
    public static Lens Make(SceneRandom random) => new(
        random.Chance(0.4f) ? random.Between(0.08f, 0.3f) : 0,
        1 + random.Below(2),
        random.Between(0.005f, 0.07f),
        random.Between(0.75f, 1.1f),
        random.Between(-0.06f, 0.08f),
        random.Between(0, 0.35f),
        random.Next());
}
