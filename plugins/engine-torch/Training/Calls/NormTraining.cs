using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>
/// A batch norm and the activation of two slopes behind it, on the processor. It keeps its input alone: what lies between
/// norm and activation is worked out again.
/// </summary>
internal sealed class NormTraining(Node node, BatchNorm norm, double slope, ParameterSet parameters, double momentum) : TrainingCall
{
    private readonly Parameter _gamma = parameters[node, "gamma"];
    private readonly Parameter _beta = parameters[node, "beta"];
    private readonly Parameter _mean = parameters[node, "mean"];
    private readonly Parameter _variance = parameters[node, "variance"];

    public override bool IsTrained => _gamma.IsTrained;

    public override bool KeepsInputs => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        using var statistics = new Tensor(Shim.pp_norm_statistics(
            inputs[0].Handle, _mean.Value.Handle, _variance.Value.Handle, momentum, norm.Epsilon, IsTrained ? 1 : 0));
        turn.Keep(inputs[0]);
        turn.Keep(statistics);
        return new Tensor(Shim.pp_norm_apply(
            inputs[0].Handle, statistics.Handle, _gamma.Value.Handle, _beta.Value.Handle, slope, turn.MayOverwrite ? 1 : 0));
    }

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        var byInput = new Tensor(Shim.pp_norm_backward(
            gradient.Handle,
            turn.Kept[0].Handle,
            turn.Kept[1].Handle,
            _gamma.Value.Handle,
            _beta.Value.Handle,
            slope,
            IsTrained ? 1 : 0,
            turn.MayOverwrite ? 1 : 0,
            out TensorHandle parameters));
        turn.Give(0, byInput);
        using Tensor? both = Tensor.Optional(parameters);
        if (both is not null)
        {
            using Tensor byGamma = both.narrow(0, 0, 1);
            using Tensor byBeta = both.narrow(0, 1, 1);
            using Tensor forGamma = byGamma.reshape(-1);
            using Tensor forBeta = byBeta.reshape(-1);
            _gamma.AddGradient(forGamma);
            _beta.AddGradient(forBeta);
        }
    }
}
