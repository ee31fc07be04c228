using System.Collections.Immutable;

namespace PluginPrune.Contracts.Training;

/// <summary>What pulls scales, and for how long that holds.</summary>
/// <param name="Penalties">At most one for each batch norm; those without are not pulled.</param>
/// <param name="ValidSteps">After how many optimizer steps the scheduler is asked again, at least 1.</param>
public sealed record SparsityPlan(ImmutableArray<GammaPenalty> Penalties, int ValidSteps);
