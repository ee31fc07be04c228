// The contracts have a Tensor too, which is written in full where it is meant.
global using Tensor = PluginPrune.EngineTorch.Bindings.Tensor;
