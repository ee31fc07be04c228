using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Measuring;

/// <summary>How batches are shared out among sessions that work at the same time.</summary>
/// <param name="Sessions">How many there are.</param>
/// <param name="Threads">On how many threads each computes, 0 for as many as the engine has.</param>
internal readonly record struct MeasuringShare(int Sessions, int Threads)
{
    // What all sessions hold together of weights and of what lies between the layers; a single one may take more.
    private const long MostBytes = 2L << 30;

    /// <summary>
    /// As many sessions as there are threads, each on one: threads that compute a small batch together wait for each other after every
    /// layer, on a busy machine most of the time. Where that would take too much memory fewer, with more threads each.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="parallel">How many sessions the engine takes.</param>
    /// <param name="batches">How many batches there are.</param>
    /// <param name="batchSize">How many pictures a batch has.</param>
    public static MeasuringShare Of(Network network, int parallel, int batches, int batchSize)
    {
        if (parallel == 1)
        {
            return new MeasuringShare(1, 0);
        }

        int most = Math.Min(parallel, batches);
        int sessions = (int)Math.Clamp(MostBytes / BytesOf(network, batchSize), 1, most);

        // Single pictures give the same bits on every machine that holds so many of them.
        return new MeasuringShare(sessions, batchSize == 1 && sessions == most ? 1 : parallel / sessions);
    }

    private static long BytesOf(Network network, int batchSize)
    {
        long weights = network.Nodes.SelectMany(static node => node.Operation.Tensors).Sum(static named => (long)named.Tensor.Count);
        long values = network.Nodes.Sum(node => (long)network.ShapeOf(node.Id).Count);
        return Math.Max(1, sizeof(float) * (weights + (batchSize * values)));
    }
}
