using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>A tensor of an operation and its role in it.</summary>
/// <param name="Role">For instance 'weight', 'bias', 'gamma'.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="IsLearned">False for running statistics, which do not count as parameters.</param>
public sealed record NamedTensor(string Role, Tensor Tensor, bool IsLearned = true);
