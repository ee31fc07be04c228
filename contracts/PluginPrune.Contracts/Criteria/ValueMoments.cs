namespace PluginPrune.Contracts.Criteria;

/// <summary>Mean and variance of a value, channel by channel, over pictures and places.</summary>
/// <param name="Means">[channels].</param>
/// <param name="Variances">[channels], 0 or more.</param>
public sealed record ValueMoments(double[] Means, double[] Variances);
