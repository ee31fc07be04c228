namespace PluginPrune.Core.Costs;

/// <summary>The three costs that a budget can bound.</summary>
/// <param name="Parameters">Learned numbers, running statistics not counted.</param>
/// <param name="Flops">2 x multiply-adds of convolutions and linear layers for one picture.</param>
/// <param name="Bytes">The size of all tensors as they are stored, running statistics counted.</param>
public readonly record struct CostTotals(long Parameters, long Flops, long Bytes);
