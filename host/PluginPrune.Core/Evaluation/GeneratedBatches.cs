using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Verification;

namespace PluginPrune.Core.Evaluation;

/// <summary>Pictures for measurements where no dataset is at hand, as a network takes them.</summary>
/// <param name="network">The network.</param>
/// <param name="size">How many pictures a batch.</param>
/// <param name="seed">One seed, one row of pictures.</param>
internal sealed class GeneratedBatches(Network network, int size, int seed)
{
    // Seeds far apart: a picture draws from several neighbours of its own.
    private const int Stride = 1000;

    /// <summary>Batches without end.</summary>
    public IEnumerable<Batch<float>> Make(CancellationToken cancellationToken)
    {
        NetworkInput input = network.Inputs[0];
        var batch = new Batch<float>(size, input.Shape, new float[size * input.Shape.Count]);
        for (int picture = 0; ;)
        {
            for (int i = 0; i < size; i++, picture++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                NoisePicture.Of(input.Shape, unchecked(seed + (picture * Stride))).Elements.CopyTo(batch[i]);
                Preprocess(input.Preprocessing, input.Shape.ElementsPerChannel, batch[i]);
            }

            yield return batch;
        }
    }

    /// <summary>From 0 to 1 to what the network takes.</summary>
    private static void Preprocess(Preprocessing preprocessing, int places, Span<float> elements)
    {
        double scale = 255 * preprocessing.Scale;
        for (int i = 0; i < elements.Length; i++)
        {
            int channel = i / places;
            double mean = preprocessing.Mean.IsDefaultOrEmpty ? 0 : preprocessing.Mean[channel];
            double deviation = preprocessing.Deviation.IsDefaultOrEmpty ? 1 : preprocessing.Deviation[channel];
            elements[i] = (float)(((elements[i] * scale) - mean) / deviation);
        }
    }
}
