using System.Globalization;
using System.Text;

namespace PluginPrune.Plugins.Tests.Evaluators;

/// <summary>Picture files made for tests.</summary>
internal static class PictureFiles
{
    /// <summary>A PPM of coloured blocks.</summary>
    public static byte[] Ppm(int width, int height, int seed)
    {
        var random = new Random(seed);
        int columns = (width + 7) / 8;
        byte[] blocks = new byte[columns * ((height + 7) / 8) * 3];
        random.NextBytes(blocks);
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int pixel, int channel) = Math.DivRem(i, 3);
            (int y, int x) = Math.DivRem(pixel, width);
            pixels[i] = blocks[(((y / 8 * columns) + (x / 8)) * 3) + channel];
        }

        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{width} {height}\n255\n")), .. pixels];
    }
}
