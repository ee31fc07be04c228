namespace PluginPrune.Core.Costs;

/// <summary>What one layer of the user's file costs.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Kind">What the file calls it.</param>
/// <param name="Channels">How many channels come out of it.</param>
/// <param name="Parameters">Learned numbers, running statistics not counted.</param>
/// <param name="MultiplyAdds">Multiplications with addition of convolutions and linear layers for one picture.</param>
public sealed record LayerCost(string Layer, string Kind, int Channels, long Parameters, long MultiplyAdds);
