using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Training;

/// <summary>What batches pull at the scales of a batch norm before a training begins.</summary>
/// <param name="BatchNorm">The node's id.</param>
/// <param name="Gamma">The scales.</param>
/// <param name="MeanSquare">The mean over batches of the squared derivative of the loss by each scale; zeros where it was not measured.</param>
public sealed record ScaleGradients(string BatchNorm, ImmutableArray<float> Gamma, ImmutableArray<double> MeanSquare)
{
    /// <summary>Scales of which nothing else is known.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batchNorms">The ids of its batch norms that take part.</param>
    public static ImmutableArray<ScaleGradients> Unmeasured(Network network, IEnumerable<string> batchNorms)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batchNorms);
        return [.. batchNorms.Select(id =>
        {
            ImmutableArray<float> gamma = [.. ((BatchNorm)network[id].Operation).Gamma.Floats];
            return new ScaleGradients(id, gamma, [.. new double[gamma.Length]]);
        })];
    }
}
