using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Changes its first input where that is free, else a copy of it; further inputs are only read.</summary>
internal sealed class InPlaceCall(InPlaceComputation computation) : Call
{
    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite)
    {
        Tensor target = mayOverwrite ? inputs[0].alias() : inputs[0].clone();
        computation(target, inputs[1..]);
        return target;
    }
}
