using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training;

/// <summary>Moves the parameters, kind by kind, and keeps what it must remember for that.</summary>
internal sealed class Optimizer : IDisposable
{
    private readonly ParameterSet _parameters;
    private readonly OptimizerKind _kind;

    public Optimizer(ParameterSet parameters, OptimizerKind kind)
    {
        (_parameters, _kind) = (parameters, kind);
        First = parameters.Memory(ParameterKind.Norm);
        Second = kind == OptimizerKind.AdamW ? parameters.Memory(ParameterKind.Norm) : null;
    }

    /// <summary>SGD's momentum, AdamW's first moment.</summary>
    public Tensor First { get; }

    /// <summary>AdamW's second moment.</summary>
    public Tensor? Second { get; }

    /// <summary>The moving average of values and running statistics, once there is one.</summary>
    public Tensor? Average { get; private set; }

    /// <summary>Moves everything.</summary>
    /// <param name="settings">The rates.</param>
    /// <param name="scale">What gradients are multiplied by.</param>
    /// <param name="penalties">What pulls scales.</param>
    /// <param name="step">Which step this is, from 1.</param>
    public void Step(StepSettings settings, double scale, Penalties penalties, long step)
    {
        if (settings.AverageDecay is not null)
        {
            KeepAverage();
        }

        double biasRate = settings.BiasLearningRate ?? settings.LearningRate;
        Move(ParameterKind.Weight, settings, settings.LearningRate, settings.WeightDecay, scale, step);
        Move(ParameterKind.Bias, settings, biasRate, decay: 0, scale, step);
        Move(ParameterKind.Norm, settings, settings.LearningRate, decay: 0, penalties.Pull(scale), step);
        penalties.Shrink(_kind == OptimizerKind.Sgd ? settings.LearningRate / (1 - settings.Momentum) : settings.LearningRate);
        if (settings.AverageDecay is { } kept)
        {
            using Tensor values = _parameters.UpTo(_parameters.Values, ParameterKind.Statistic);
            TorchException.Check(Shim.pp_average(Average!.Handle, values.Handle, kept));
        }
    }

    /// <summary>Starts an average from the values as they are, where there is none.</summary>
    public Tensor KeepAverage()
    {
        if (Average is null)
        {
            Average = _parameters.Memory(ParameterKind.Statistic);
            using Tensor values = _parameters.UpTo(_parameters.Values, ParameterKind.Statistic);
            using Tensor average = _parameters.UpTo(Average, ParameterKind.Statistic);
            average.copy_(values);
        }

        return Average;
    }

    public void ForgetAverage()
    {
        Average?.Dispose();
        Average = null;
    }

    public void Dispose()
    {
        First.Dispose();
        Second?.Dispose();
        Average?.Dispose();
    }

    private void Move(ParameterKind kind, StepSettings settings, double rate, double decay, double scale, long step)
    {
        (long start, long count) = _parameters.Range(kind);
        if (count == 0)
        {
            return;
        }

        using Tensor values = _parameters.Values.narrow(0, start, count);
        using Tensor gradients = _parameters.Gradients.narrow(0, start, count);
        using Tensor first = First.narrow(0, start, count);
        if (Second is null)
        {
            TorchException.Check(Shim.pp_sgd(values.Handle, gradients.Handle, first.Handle, rate, settings.Momentum, decay, scale));
            return;
        }

        using Tensor second = Second.narrow(0, start, count);
        TorchException.Check(Shim.pp_adamw(
            values.Handle,
            gradients.Handle,
            first.Handle,
            second.Handle,
            rate,
            settings.Momentum,
            settings.SecondMomentum,
            decay,
            scale,
            step));
    }
}
