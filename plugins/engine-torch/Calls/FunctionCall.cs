using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Computes a node that has no tensors of its own.</summary>
internal sealed class FunctionCall(Computation computation) : Call
{
    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite) => computation(inputs);
}
