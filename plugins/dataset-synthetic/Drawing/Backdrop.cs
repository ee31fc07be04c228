using PluginPrune.DatasetSynthetic.Scenes;

namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>What is behind everything: a gradient with a cloudy texture.</summary>
internal sealed record Backdrop(Color Start, Color End, float DirectionX, float DirectionY, float Strength, float FineStrength, float[] Coarse, float[] Fine)
{
    public const int CoarseCells = 5;
    public const int FineCells = 23;

    public static Backdrop Make(SceneRandom random)
    {
        Color start = Color.Random(random, 0.05f, 0.7f);
        Color end = random.Chance(0.35f) ? Color.Random(random, 0.05f, 0.7f) : start.Mix(Color.Random(random, 0.05f, 0.7f), 0.4f);
        (float x, float y) = random.Direction();
        return new Backdrop(
            start, end, x, y, random.Between(0.05f, 0.45f), random.Between(0.02f, 0.3f), Lattice(random, CoarseCells), Lattice(random, FineCells));
    }

    private static float[] Lattice(SceneRandom random, int cells)
    {
        float[] values = new float[(cells + 1) * (cells + 1)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.Between(-0.5f, 0.5f);
        }

        return values;
    }
}
