using PluginPrune.Contracts.Networks;

namespace PluginPrune.Shared.TorchFiles;

/// <summary>A tensor under its name.</summary>
/// <param name="Name">For instance 'layer1.0.conv1.weight'.</param>
/// <param name="Tensor">The tensor.</param>
internal readonly record struct StateEntry(string Name, Tensor Tensor);
