using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionSubspace.Features;

/// <summary>The filters of a layer: of a convolution [out, in / groups, kh, kw], of a linear layer [out, in].</summary>
internal readonly ref struct FilterBank
{
    private readonly ReadOnlySpan<float> _weights;

    private FilterBank(ReadOnlySpan<float> weights, int count)
    {
        _weights = weights;
        Count = count;
        Length = weights.Length / count;
    }

    public int Count { get; }

    /// <summary>How many weights each has.</summary>
    public int Length { get; }

    public ReadOnlySpan<float> this[int filter] => _weights.Slice(filter * Length, Length);

    /// <summary>Whether the layer has filters of its own.</summary>
    public static bool IsIn(Node layer) => layer.Operation is Convolution or Linear;

    public static FilterBank Of(Node layer)
    {
        Tensor weight = layer.Operation is Convolution convolution ? convolution.Weight : ((Linear)layer.Operation).Weight;
        return new FilterBank(weight.Floats, weight.Shape[0]);
    }

    public double[] Values(FilterFeature feature)
    {
        double[] values = new double[Count];
        for (int filter = 0; filter < Count; filter++)
        {
            values[filter] = feature switch
            {
                FilterFeature.L1 => VectorSums.OfMagnitudes(this[filter]),
                FilterFeature.L2 => Math.Sqrt(VectorSums.OfSquares(this[filter])),
                _ => VectorSums.Of(this[filter]),
            };
        }

        return values;
    }
}
