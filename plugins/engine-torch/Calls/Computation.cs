using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Makes a tensor of tensors, which it leaves as they are.</summary>
internal delegate Tensor Computation(ReadOnlySpan<Tensor> inputs);
