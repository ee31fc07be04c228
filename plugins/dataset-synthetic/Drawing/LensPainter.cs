using System.Text;
using PluginPrune.DatasetSynthetic.Scenes;

namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>Blurs, darkens, adds noise, and writes the picture as a binary PPM (Netpbm's P6).</summary>
internal static class LensPainter
{
    // The sum of four bytes has this standard deviation: sqrt(4 (256^2 - 1) / 12).
    private const float SumDeviation = 147.8f;

    private const float SumMean = 510;

    public static byte[] Develop(Canvas canvas, Lens lens)
    {
        float[] row = new float[canvas.Size];
        float[] previous = new float[canvas.Size];
        for (int pass = 0; lens.Blur > 0 && pass < lens.Passes; pass++)
        {
            foreach (float[] plane in canvas.Planes)
            {
                BlurRows(plane, row, lens.Blur);
                BlurColumns(plane, row, previous, lens.Blur);
            }
        }

        return Write(canvas, lens);
    }

    private static void BlurRows(float[] plane, float[] copy, float share)
    {
        int size = copy.Length;
        float own = 1 - (2 * share);
        for (int y = 0; y < size; y++)
        {
            Span<float> line = plane.AsSpan(y * size, size);
            line.CopyTo(copy);
            for (int x = 0; x < size; x++)
            {
                line[x] = (copy[x] * own) + ((copy[Math.Max(x - 1, 0)] + copy[Math.Min(x + 1, size - 1)]) * share);
            }
        }
    }

    private static void BlurColumns(float[] plane, float[] copy, float[] above, float share)
    {
        int size = copy.Length;
        float own = 1 - (2 * share);
        plane.AsSpan(0, size).CopyTo(above);
        for (int y = 0; y < size; y++)
        {
            Span<float> line = plane.AsSpan(y * size, size);
            ReadOnlySpan<float> below = y + 1 < size ? plane.AsSpan((y + 1) * size, size) : line;
            line.CopyTo(copy);
            for (int x = 0; x < size; x++)
            {
                line[x] = (copy[x] * own) + ((above[x] + below[x]) * share);
            }

            copy.CopyTo(above, 0);
        }
    }

    private static byte[] Write(Canvas canvas, Lens lens)
    {
        int size = canvas.Size;
        byte[] header = Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"P6\n{size} {size}\n255\n"));
        byte[] file = new byte[header.Length + (3 * size * size)];
        header.CopyTo(file, 0);

        var random = new SceneRandom(lens.Seed);
        float noise = 255 * lens.Noise / SumDeviation;
        float scale = 2f / size;
        int at = header.Length;
        for (int y = 0; y < size; y++)
        {
            float down = ((y + 0.5f) * scale) - 1;
            for (int x = 0; x < size; x++)
            {
                float across = ((x + 0.5f) * scale) - 1;
                float gain = 255 * lens.Gain * (1 - (lens.Vignette * 0.5f * ((across * across) + (down * down))));
                float lift = 255 * lens.Lift;
                int pixel = (y * size) + x;
                ulong first = random.Next();
                uint second = (uint)(random.Next() >> 32);
                file[at++] = ToByte((canvas.Red[pixel] * gain) + lift + (Noise((uint)first) * noise));
                file[at++] = ToByte((canvas.Green[pixel] * gain) + lift + (Noise((uint)(first >> 32)) * noise));
                file[at++] = ToByte((canvas.Blue[pixel] * gain) + lift + (Noise(second) * noise));
            }
        }

        return file;
    }

    // Near enough to a normal distribution (central limit).
    private static float Noise(uint bits) => (bits & 0xFF) + ((bits >> 8) & 0xFF) + ((bits >> 16) & 0xFF) + (bits >> 24) - SumMean;

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0f, 255f);
}
