using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>A max pool and the activation before it, in the other order: the same result from fewer elements.</summary>
internal sealed class PooledActivationCall(Call pool, Action<Tensor> activate) : Call
{
    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite)
    {
        Tensor output = pool.Run(inputs, mayOverwrite: false);
        activate(output);
        return output;
    }
}
