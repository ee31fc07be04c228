using PluginPrune.Contracts.Training;

namespace PluginPrune.SchedulerSparsity.Scales;

/// <summary>The magnitudes of all scales, smallest first.</summary>
internal sealed class SortedScales
{
    private readonly float[] _sorted;

    public SortedScales(SparsityContext context)
    {
        _sorted = new float[context.Layers.Sum(static layer => layer.Gamma.Length)];
        int at = 0;
        foreach (SparseLayer layer in context.Layers)
        {
            foreach (float gamma in layer.Gamma)
            {
                _sorted[at++] = Math.Abs(gamma);
            }
        }

        Array.Sort(_sorted);
    }

    /// <summary>How many there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>One of them.</summary>
    /// <param name="rank">From 0 for the smallest.</param>
    public float this[int rank] => _sorted[rank];
}
