using PluginPrune.Contracts.Criteria;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm.Chance;

/// <summary>Options of <see cref="RandomCriterion"/>. Tied layers draw the same, so that it matters little how they agree, but for skip.</summary>
public sealed class RandomOptions() : ShareOptions(SelectionRange.PerLayer, Coupling.Mean);
