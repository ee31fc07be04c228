namespace PluginPrune.Contracts.Evaluation;

/// <summary>What a network costs.</summary>
/// <param name="Parameters">How many parameters it has, without running statistics.</param>
/// <param name="Gflops">2 x the multiplications and additions of convolutions and linear layers for one picture, in 10^9.</param>
/// <param name="Bytes">The size of its tensors as they are stored.</param>
/// <param name="Channels">How many channels its layers put out.</param>
/// <param name="Layers">How many layers there are, as the user's file counts them, heads included.</param>
public sealed record NetworkCosts(long Parameters, double Gflops, long Bytes, long Channels, int Layers);
