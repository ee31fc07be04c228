namespace PluginPrune.Core.Pruning;

/// <summary>How the small network was fitted to the whole one on pictures.</summary>
/// <param name="Source">What the user calls the pictures.</param>
/// <param name="Pictures">How many they are.</param>
/// <param name="Layers">How many layers were fitted.</param>
/// <param name="ConstantChannels">Channels of batch norms that did not vary over the pictures and keep their variance.</param>
public sealed record RecalibrationReport(string Source, int Pictures, int Layers, int ConstantChannels)
{
    /// <summary>Of how many layers the weights were fitted, too; null where that was not asked for.</summary>
    public int? Weights { get; init; }
}
