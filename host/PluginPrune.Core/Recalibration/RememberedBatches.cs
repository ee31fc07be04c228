using System.Collections;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Recalibration;

/// <summary>Batches that are read once and then given from memory, where they are not too many; else they are read each time.</summary>
/// <param name="batches">The batches; one is not ours after the next is asked for.</param>
/// <param name="memoryBytes">The most bytes to remember.</param>
internal sealed class RememberedBatches(IEnumerable<Batch<float>> batches, long memoryBytes) : IEnumerable<Batch<float>>
{
    private List<Batch<float>>? _all;

    public IEnumerator<Batch<float>> GetEnumerator() => (_all ?? Read()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<Batch<float>> Read()
    {
        List<Batch<float>>? copies = [];
        long bytes = 0;
        foreach (Batch<float> batch in batches)
        {
            bytes += (long)sizeof(float) * batch.Elements.Length;
            if (bytes > memoryBytes)
            {
                copies = null;
            }

            copies?.Add(new Batch<float>(batch.Size, batch.Shape, [.. batch.Elements]));
            yield return batch;
        }

        _all = copies;
    }
}
