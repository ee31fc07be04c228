using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Numerics;

namespace PluginPrune.Core.Verification;

/// <summary>
/// A picture for comparisons where no data set is at hand: blotches of several sizes over fine noise, between 0 and 1, so
/// that layers of every depth see something.
/// </summary>
internal static class NoisePicture
{
    public static Batch<float> Of(Shape shape, int seed)
    {
        float[] pixels = new float[shape.Count];
        for (int scale = 1; scale <= 64; scale *= 4)
        {
            var random = new SeededRandom((ulong)seed + (ulong)scale);
            int rows = (shape.Height / scale) + 1;
            int columns = (shape.Width / scale) + 1;
            float[] cells = new float[shape.Channels * rows * columns];
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = (float)random.NextDouble() / 4;
            }

            for (int i = 0; i < pixels.Length; i++)
            {
                int x = i % shape.Width / scale;
                int y = i / shape.Width % shape.Height / scale;
                int channel = i / shape.ElementsPerChannel;
                pixels[i] += cells[(((channel * rows) + y) * columns) + x];
            }
        }

        return new Batch<float>(1, shape, pixels);
    }
}
