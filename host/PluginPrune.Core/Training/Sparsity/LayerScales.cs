namespace PluginPrune.Core.Training;

/// <summary>How many scales of a batch norm are small.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Channels">How many scales it has.</param>
/// <param name="BelowHundredth">How many are below 1e-2 in magnitude.</param>
/// <param name="BelowThousandth">How many are below 1e-3.</param>
public sealed record LayerScales(string Layer, int Channels, int BelowHundredth, int BelowThousandth);
