using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Computes a node whose value may be its input's memory, looked at in another way.</summary>
internal sealed class ViewCall(Func<Tensor, Tensor> view) : Call
{
    public override bool IsView => true;

    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite) => view(inputs[0]);
}
