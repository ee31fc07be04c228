using System.Collections.Immutable;

namespace PluginPrune.Contracts.Training;

/// <summary>What pulls the scales of one batch norm towards some numbers, usually 0.</summary>
/// <param name="BatchNorm">The node's id.</param>
/// <param name="Strength">How strongly, for each channel, 0 or more, in units of the loss by gamma.</param>
/// <param name="Centre">Towards what, for each channel; empty for 0.</param>
/// <param name="Mode">How.</param>
public sealed record GammaPenalty(string BatchNorm, ImmutableArray<float> Strength, ImmutableArray<float> Centre, PenaltyMode Mode);
