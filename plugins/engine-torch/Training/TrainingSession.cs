using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Training.Parameters;
using PluginPrune.EngineTorch.Training.Planning;

namespace PluginPrune.EngineTorch.Training;

/// <summary>A network in training.</summary>
internal sealed partial class TrainingSession : ITrainingSession
{
    private readonly Network _network;
    private readonly TrainingOptions _options;
    private readonly Placement _placement;
    private readonly int _threads;
    private readonly ParameterSet _parameters;
    private readonly Optimizer _optimizer;
    private readonly Penalties _penalties;
    private readonly LossScale _scale;
    private readonly TrainingPlans _plans;
    private TrainingRun? _run;
    private long _steps;
    private long _forwards;
    private bool _isBroken;
    private bool _disposed;

    /// <exception cref="NotSupportedException">A node has an operation that is not trained.</exception>
    public TrainingSession(Network network, TrainingSettings settings, Device device, int threads)
    {
        CheckFrozen(network, settings);
        _network = network;
        _options = new TrainingOptions(device, settings.IsMixedPrecision && device.IsCuda, settings.UsesRunningStatistics ? null : settings.BatchNormMomentum, settings.Seed);
        _placement = new Placement(device, ScalarType.Float32);
        _threads = threads;
        _parameters = new ParameterSet(network, settings, device);
        _optimizer = new Optimizer(_parameters, settings.Optimizer);
        _penalties = new Penalties(network, _parameters);
        _scale = new LossScale(_options.IsHalf);
        _plans = new TrainingPlans(network, _parameters, _options);
        try
        {
            _plans.Find([.. network.Inputs.Select(static input => input.Shape)], [.. network.Nodes.Select(static node => node.Id)]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ImmutableArray<Batch<float>> Forward(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        Enter();
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(values);
        int size = InputChecks.CheckResizable(_network, inputs);
        TrainingPlan plan = _plans.Find([.. inputs.Select(static input => input.Shape)], values);
        InputChecks.CheckSize(size, plan.Results);
        EndRun();
        using DisposeScope scope = torch.NewDisposeScope();
        var run = new TrainingRun(plan, size);
        try
        {
            Tensor[] results = run.Forward([.. inputs.Select(_placement.Input)], _forwards, cancellationToken);
            ImmutableArray<Batch<float>> read = ReadAll(results, plan, size);
            _forwards++;
            _run = run;
            return read;
        }
        catch
        {
            run.Dispose();
            _isBroken = true;
            throw;
        }
    }

    public void Backward(IReadOnlyList<Batch<float>?> gradients, CancellationToken cancellationToken)
    {
        Enter();
        ArgumentNullException.ThrowIfNull(gradients);
        TrainingRun run = _run ?? throw new InvalidOperationException("There was no forward run since the last backward one: run forward first.");
        CheckGradients(gradients, run);
        _run = null;
        using DisposeScope scope = torch.NewDisposeScope();
        try
        {
            run.Backward([.. gradients.Select(ToDevice)], cancellationToken);
        }
        catch
        {
            _isBroken = true;
            throw;
        }
        finally
        {
            run.Dispose();
        }
    }

    public StepResult Step(StepSettings settings)
    {
        Enter();
        ArgumentNullException.ThrowIfNull(settings);
        using DisposeScope scope = torch.NewDisposeScope();
        _parameters.SettleGradients();
        double norm = Math.Sqrt(_parameters.Gradients.SumOfSquares()) / _scale.Value;
        bool isFinite = double.IsFinite(norm);
        if (isFinite)
        {
            double clip = settings.ClipNorm > 0 && norm > settings.ClipNorm ? settings.ClipNorm / norm : 1;
            _optimizer.Step(settings, clip / _scale.Value, _penalties, ++_steps);
        }

        _parameters.ForgetGradients();
        return new StepResult(norm, isFinite) { IsOverflow = !_scale.Update(isFinite) };
    }

    public void SetPenalties(IReadOnlyList<GammaPenalty> penalties)
    {
        Enter();
        ArgumentNullException.ThrowIfNull(penalties);
        _penalties.Set(penalties);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            EndRun();
            _penalties.Dispose();
            _optimizer.Dispose();
            _parameters.Dispose();
            torch.TrimMemory();
        }
    }

    private static void CheckFrozen(Network network, TrainingSettings settings)
    {
        foreach (string frozen in settings.Frozen.Order(StringComparer.Ordinal))
        {
            if (network.Find(frozen) is null)
            {
                throw new ArgumentException($"'{frozen}' is to be frozen, and the network has no such node.", nameof(settings));
            }
        }
    }

    private static void CheckGradients(IReadOnlyList<Batch<float>?> gradients, TrainingRun run)
    {
        TrainingPlan plan = run.Plan;
        if (gradients.Count != plan.Results.Length)
        {
            throw new ArgumentException(
                $"The last forward run gave {plan.Results.Length} values; {gradients.Count} gradients were given (null where there is none).", nameof(gradients));
        }

        for (int i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is { } gradient && (gradient.Shape != plan.Results[i].Shape || gradient.Size != run.Size))
            {
                throw new ArgumentException(
                    $"The gradient by '{plan.Values[i]}' is for {gradient.Size} x {gradient.Shape}; the value is {run.Size} x {plan.Results[i].Shape}.", nameof(gradients));
            }
        }
    }

    private static ImmutableArray<Batch<float>> ReadAll(Tensor[] results, TrainingPlan plan, int size)
    {
        var batches = ImmutableArray.CreateBuilder<Batch<float>>(results.Length);
        for (int i = 0; i < results.Length; i++)
        {
            Shape shape = plan.Results[i].Shape;
            float[] elements = GC.AllocateUninitializedArray<float>(size * shape.Count);
            results[i].Read(elements);
            batches.Add(new Batch<float>(size, shape, elements));
        }

        return batches.MoveToImmutable();
    }

    private Tensor? ToDevice(Batch<float>? gradient)
    {
        if (gradient is null)
        {
            return null;
        }

        Tensor tensor = _placement.Input(gradient);
        return _scale.Value == 1 ? tensor : tensor.mul_(_scale.Value);
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_isBroken)
        {
            throw new InvalidOperationException("The last run ended early, in the middle of a network: restore the session from a snapshot first.");
        }

        torch.set_num_threads(_threads);
    }

    private void EndRun()
    {
        _run?.Dispose();
        _run = null;
    }
}
