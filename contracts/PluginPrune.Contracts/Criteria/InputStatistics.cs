using System.Collections.Immutable;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What was asked for by an <see cref="InputMeasurement"/>.</summary>
/// <param name="Layers">In its order.</param>
/// <param name="Values">In its order.</param>
public sealed record InputStatistics(ImmutableArray<InputMoments> Layers, ImmutableArray<ValueMoments> Values);
