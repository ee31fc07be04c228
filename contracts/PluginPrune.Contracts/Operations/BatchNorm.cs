using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// Batch normalization at inference: y = gamma (x - mean) / sqrt(variance + epsilon) + beta, channel by channel
/// (Ioffe and Szegedy 2015, algorithm 2).
/// </summary>
/// <param name="Gamma">The scale, [channels].</param>
/// <param name="Beta">The shift, [channels].</param>
/// <param name="Mean">The running mean, [channels].</param>
/// <param name="Variance">The running variance, [channels], 0 or more.</param>
public sealed record BatchNorm(Tensor Gamma, Tensor Beta, Tensor Mean, Tensor Variance) : Operation
{
    /// <summary>Added to the variance inside the root.</summary>
    /// <value>The default is 1e-5.</value>
    public double Epsilon { get; init; } = 1e-5;

    /// <inheritdoc />
    public override string Name => "batch norm";

    /// <inheritdoc />
    public override ImmutableArray<NamedTensor> Tensors =>
        [new("gamma", Gamma), new("beta", Beta), new("mean", Mean, IsLearned: false), new("variance", Variance, IsLearned: false)];

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        foreach (NamedTensor tensor in Tensors)
        {
            if (tensor.Tensor.Count != input.Channels)
            {
                throw new ShapeException($"its {tensor.Role} is for {tensor.Tensor.Count} channels; its input has {input.Channels}.");
            }
        }

        return input;
    }
}
