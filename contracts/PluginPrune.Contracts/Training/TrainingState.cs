using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Training;

/// <summary>All that the next step of a training depends on.</summary>
/// <param name="Steps">How many steps there were.</param>
/// <param name="Tensors">By names that the session gives and understands, for instance 'conv1.weight' and 'conv1.weight/momentum'.</param>
public sealed record TrainingState(long Steps, ImmutableSortedDictionary<string, Tensor> Tensors);
