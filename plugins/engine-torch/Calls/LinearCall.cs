using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>A fully connected layer.</summary>
internal sealed class LinearCall(Linear linear, Placement placement) : Call
{
    private Tensor? _weight;
    private Tensor? _bias;

    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite)
    {
        Prepare(inputs);
        return torch.nn.functional.linear(inputs[0], _weight!, _bias);
    }

    protected override void Make(ReadOnlySpan<Tensor> inputs)
    {
        _bias = linear.Bias is { } bias ? Own(placement.Keep(bias.Floats, bias.Count)) : null;
        _weight = Own(placement.Keep(linear.Weight.Floats, linear.Weight.Shape[0], linear.Weight.Shape[1]));
    }
}
