using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Training;

/// <summary>How many scales are small, in all and layer by layer: what tells how far a training has got with making a network sparse.</summary>
/// <param name="Layers">The batch norms that take part, in the network's order.</param>
public sealed record SmallScales(ImmutableArray<LayerScales> Layers)
{
    private const float Hundredth = 1e-2f;
    private const float Thousandth = 1e-3f;

    /// <summary>The share of all scales that are below 1e-2, 0 to 1.</summary>
    public double BelowHundredth => ShareOf(static layer => layer.BelowHundredth);

    /// <summary>The share of all scales that are below 1e-3, 0 to 1.</summary>
    public double BelowThousandth => ShareOf(static layer => layer.BelowThousandth);

    /// <summary>Counts.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batchNorms">The ids of its batch norms that take part.</param>
    public static SmallScales Of(Network network, IEnumerable<string> batchNorms)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batchNorms);
        return new SmallScales([.. batchNorms.Select(id => Count(network[id].Origin.Layer, ((BatchNorm)network[id].Operation).Gamma.Floats))]);
    }

    private static LayerScales Count(string layer, ReadOnlySpan<float> scales)
    {
        int hundredth = 0;
        int thousandth = 0;
        foreach (float scale in scales)
        {
            hundredth += Math.Abs(scale) < Hundredth ? 1 : 0;
            thousandth += Math.Abs(scale) < Thousandth ? 1 : 0;
        }

        return new LayerScales(layer, scales.Length, hundredth, thousandth);
    }

    private double ShareOf(Func<LayerScales, int> small)
    {
        long all = Layers.Sum(static layer => (long)layer.Channels);
        return all == 0 ? 0 : (double)Layers.Sum(layer => (long)small(layer)) / all;
    }
}
