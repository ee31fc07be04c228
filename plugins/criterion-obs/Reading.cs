using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionObs;

/// <summary>What becomes of the outputs of a layer that reads a group.</summary>
/// <param name="Layer">The layer's id.</param>
/// <param name="Scales">What its batch norm multiplies them with, one a channel; 1 where it has none.</param>
/// <param name="Sum">The addition of which they become a part, or null.</param>
internal sealed record Reading(string Layer, double[] Scales, string? Sum)
{
    /// <summary>Finds it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">A convolution or a linear layer.</param>
    /// <exception cref="MeasurementException">The batch norm behind it holds what is not finite.</exception>
    public static Reading Of(Network network, Node layer)
    {
        double[] scales = [.. Enumerable.Repeat(1.0, WeightMatrix.Of(layer.Operation)!.Value.Rows)];
        string output = layer.Id;
        if (network.ConsumersOf(layer.Id) is [{ Operation: BatchNorm norm } behind])
        {
            output = behind.Id;
            for (int channel = 0; channel < scales.Length; channel++)
            {
                scales[channel] = norm.Gamma.Floats[channel] / Math.Sqrt(norm.Variance.Floats[channel] + norm.Epsilon);
                if (!double.IsFinite(scales[channel]))
                {
                    throw new MeasurementException($"Channel {channel} of the batch norm '{behind.Id}' has a scale or a variance that is not finite.");
                }
            }
        }

        return new Reading(layer.Id, scales, network.ConsumersOf(output) is [{ Operation: Add } sum] ? sum.Id : null);
    }

    /// <summary>How many inputs a layer has: channels times taps of the kernel.</summary>
    public static long InputsOf(Node layer)
    {
        WeightMatrix matrix = WeightMatrix.Of(layer.Operation)!.Value;
        return (long)matrix.Columns * matrix.Groups;
    }
}
