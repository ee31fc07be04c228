using PluginPrune.Core.Images;

namespace PluginPrune.Benchmarks;

/// <summary>Blotches of all sizes and a little grain: about as many bytes a pixel as a photo, as JPEG and as PNG.</summary>
internal static class PhotoLikePicture
{
    public static Picture Make(PictureSize size, int seed)
    {
        var random = new Random(seed);
        float[] sums = new float[size.Pixels * Picture.Channels];
        for (int scale = 4; scale <= 512; scale *= 2)
        {
            int columns = (size.Width / scale) + 2;
            float[] cells = [.. Enumerable.Range(0, columns * ((size.Height / scale) + 2) * Picture.Channels).Select(_ => random.NextSingle() - 0.5f)];
            float weight = MathF.Pow(scale, 0.6f) * 2.2f;
            for (int i = 0; i < sums.Length; i++)
            {
                int x = i / Picture.Channels % size.Width;
                int y = i / Picture.Channels / size.Width;
                int cell = ((((y / scale) * columns) + (x / scale)) * Picture.Channels) + (i % Picture.Channels);
                int below = cell + (columns * Picture.Channels);
                float right = x % scale / (float)scale;
                float down = y % scale / (float)scale;
                float upper = float.Lerp(cells[cell], cells[cell + Picture.Channels], right);
                sums[i] += weight * float.Lerp(upper, float.Lerp(cells[below], cells[below + Picture.Channels], right), down);
            }
        }

        return new Picture(size, [.. sums.Select(sum => (byte)Math.Clamp(128 + sum + (random.NextSingle() * 4), 0, 255))]);
    }
}
