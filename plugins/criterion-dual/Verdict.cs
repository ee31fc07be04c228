using PluginPrune.Contracts.Criteria;

namespace PluginPrune.CriterionDual;

/// <summary>What one of the two criteria wants at its rate.</summary>
/// <param name="Opinion">The criterion.</param>
/// <param name="Rate">Its rate, 0 to 1.</param>
/// <param name="Masks">What stays.</param>
internal sealed record Verdict(Opinion Opinion, double Rate, ChannelMasks Masks);
