namespace PluginPrune.Contracts.Engines;

/// <summary>A number for each channel of a value.</summary>
/// <param name="Value">A node's id.</param>
/// <param name="Statistic">What number.</param>
public sealed record ChannelReduction(string Value, ChannelStatistic Statistic);
