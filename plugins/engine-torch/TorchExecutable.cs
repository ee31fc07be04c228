using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch;

/// <summary>
/// A network with its calls, and the plan that served the last run. On the processor runs may go on at the same time: what
/// they share does not change.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="calls">Disposed of with this.</param>
/// <param name="threads">How many threads compute a run.</param>
internal sealed class TorchExecutable(Network network, CallCache calls, int threads) : IProfilingExecutable, IStatisticsExecutable
{
    private readonly GraphRecorder _recorder = new(calls.Placement);
    private Plan? _plan;
    private bool _disposed;

    public ImmutableArray<Batch<float>> Run(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        Plan plan = FindPlan(inputs, values);
        using var session = new Session(threads);
        Tensor[] results = _recorder.Run(plan, inputs, cancellationToken);
        return ReadAll(results, plan, inputs[0].Size);
    }

    public ImmutableArray<NodeTime> Profile(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        Plan plan = FindPlan(inputs, values);
        using var session = new Session(threads);
        return [.. PlanRunner.Profile(plan, [.. inputs.Select(calls.Placement.Input)], calls.Placement.Device, cancellationToken)];
    }

    public ImmutableArray<double[]> Reduce(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<ChannelReduction> reductions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reductions);
        string[] values = [.. reductions.Select(static reduction => reduction.Value).Distinct(StringComparer.Ordinal)];
        Plan plan = FindPlan(inputs, values);
        using var session = new Session(threads);
        Tensor[] results = _recorder.Run(plan, inputs, cancellationToken);
        var reduced = ImmutableArray.CreateBuilder<double[]>(reductions.Count);
        foreach (ChannelReduction reduction in reductions)
        {
            int at = Array.IndexOf(values, reduction.Value);
            reduced.Add(Statistics.Reduce(results[at], plan.Results[at].Shape, reduction.Statistic));
        }

        return reduced.MoveToImmutable();
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _plan = null;
            _recorder.Dispose();
            calls.Dispose();
            torch.TrimMemory();
        }
    }

    private static ImmutableArray<Batch<float>> ReadAll(Tensor[] results, Plan plan, int size)
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

    private Plan FindPlan(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(values);
        int size = InputChecks.Check(network, inputs);
        // Two runs may both make one: they are equal.
        Plan? plan = _plan;
        if (plan is null || !plan.Values.SequenceEqual(values, StringComparer.Ordinal))
        {
            _plan = plan = PlanBuilder.Build(network, calls, values);
        }

        InputChecks.CheckSize(size, plan);
        return plan;
    }

    /// <summary>What holds while one call of the user's runs: threads, no gradients, and the end of all tensors with it.</summary>
    private readonly ref struct Session : IDisposable
    {
        private readonly IDisposable _mode;
        private readonly DisposeScope _scope;

        public Session(int threads)
        {
            torch.set_num_threads(threads);
            _mode = torch.inference_mode();
            _scope = torch.NewDisposeScope();
        }

        public void Dispose()
        {
            _scope.Dispose();
            _mode.Dispose();
        }
    }
}
