using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Changes a tensor, with the help of others.</summary>
internal delegate void InPlaceComputation(Tensor target, ReadOnlySpan<Tensor> others);
