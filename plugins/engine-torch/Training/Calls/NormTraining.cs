using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Calls;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>
/// A batch norm, the activation of two slopes behind it and the pool behind that, on the processor. It keeps its input alone:
/// what lies between is worked out again.
/// </summary>
internal sealed class NormTraining(Node node, BatchNorm norm, double slope, MaxPool? pool, ParameterSet parameters, double? momentum) : TrainingCall
{
    private readonly Parameter _gamma = parameters[node, "gamma"];
    private readonly Parameter _beta = parameters[node, "beta"];
    private readonly Parameter _mean = parameters[node, "mean"];
    private readonly Parameter _variance = parameters[node, "variance"];

    public override bool IsTrained => _gamma.IsTrained;

    // Frozen ones do not, and none do where running statistics are asked for.
    private bool UsesBatch => IsTrained && momentum is not null;

    public override bool KeepsInputs => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        using var statistics = new Tensor(Shim.pp_norm_statistics(
            inputs[0].Handle, _mean.Value.Handle, _variance.Value.Handle, momentum ?? 0, norm.Epsilon, UsesBatch ? 1 : 0));
        turn.Keep(inputs[0]);
        turn.Keep(statistics);
        if (pool is not null)
        {
            return new Tensor(Shim.pp_norm_max_pool(
                inputs[0].Handle, statistics.Handle, _gamma.Value.Handle, _beta.Value.Handle, slope, Pools.Pair(pool.Kernel), Pools.Pair(pool.Stride)));
        }

        return new Tensor(Shim.pp_norm_apply(
            inputs[0].Handle, statistics.Handle, _gamma.Value.Handle, _beta.Value.Handle, slope, turn.MayOverwrite ? 1 : 0));
    }

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        using Tensor? spread = pool is null
            ? null
            : new Tensor(Shim.pp_norm_max_pool_backward(
                gradient.Handle,
                turn.Kept[0].Handle,
                turn.Kept[1].Handle,
                _gamma.Value.Handle,
                _beta.Value.Handle,
                Pools.Pair(pool.Kernel),
                Pools.Pair(pool.Stride)));
        var byInput = new Tensor(Shim.pp_norm_backward(
            (spread ?? gradient).Handle,
            turn.Kept[0].Handle,
            turn.Kept[1].Handle,
            _gamma.Value.Handle,
            _beta.Value.Handle,
            slope,
            UsesBatch ? 1 : 0,
            IsTrained ? 1 : 0,
            turn.MayOverwrite || spread is not null ? 1 : 0,
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
