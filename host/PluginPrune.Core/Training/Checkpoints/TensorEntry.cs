using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Training;

/// <summary>A tensor in the header of a checkpoint.</summary>
internal sealed record TensorEntry(string Name, ElementType Type, int[] Shape);
