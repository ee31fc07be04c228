using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Tests.Support;

/// <summary>Batches of random pictures.</summary>
internal static class Pictures
{
    /// <summary>Batches whose memory is used again, as those of a pipeline are: each is spoilt once the next is asked for.</summary>
    public static IEnumerable<Batch<float>> Batches(Shape shape, int seed, params int[] sizes)
    {
        float[]? before = null;
        var random = new Random(seed);
        foreach (int size in sizes)
        {
            float[] elements = new float[size * shape.Count];
            for (int i = 0; i < elements.Length; i++)
            {
                elements[i] = random.NextSingle();
            }

            before?.AsSpan().Fill(float.NaN);
            before = elements;
            yield return new Batch<float>(size, shape, elements);
        }
    }
}
