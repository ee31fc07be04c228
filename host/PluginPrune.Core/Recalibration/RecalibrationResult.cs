using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Recalibration;

/// <summary>A network with batch norms that fit what they see.</summary>
/// <param name="Network">The network.</param>
/// <param name="Layers">How many layers were fitted.</param>
/// <param name="Pictures">Of how many pictures they are.</param>
/// <param name="Constant">Channels of batch norms that were the same at every place of every picture; they keep their variance.</param>
public sealed record RecalibrationResult(Network Network, int Layers, int Pictures, int Constant)
{
    /// <summary>Of how many layers the weights were fitted.</summary>
    public int Weights { get; init; }
}
