using System.Collections.Immutable;
using System.Diagnostics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch;

/// <summary>A network with its calls, and the plan that served the last run.</summary>
internal sealed class TorchExecutable(Network network, CallCache calls, int threads) : IProfilingExecutable, IStatisticsExecutable
{
    private Plan? _plan;
    private string[] _planned = [];
    private bool _disposed;

    public ImmutableArray<Batch<float>> Run(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken) =>
        Execute(inputs, values, times: null, ReadAll, cancellationToken);

    public ImmutableArray<NodeTime> Profile(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        var times = ImmutableArray.CreateBuilder<NodeTime>();
        Execute(inputs, values, times, static (_, _, _) => true, cancellationToken);
        return times.ToImmutable();
    }

    public ImmutableArray<double[]> Reduce(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<ChannelReduction> reductions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reductions);
        string[] values = [.. reductions.Select(static reduction => reduction.Value).Distinct(StringComparer.Ordinal)];
        return Execute(inputs, values, times: null, Finish, cancellationToken);

        ImmutableArray<double[]> Finish(Tensor[] results, Plan plan, int size)
        {
            var reduced = ImmutableArray.CreateBuilder<double[]>(reductions.Count);
            foreach (ChannelReduction reduction in reductions)
            {
                int at = Array.IndexOf(values, reduction.Value);
                reduced.Add(Statistics.Reduce(results[at], plan.Results[at].Shape, reduction.Statistic));
            }

            return reduced.MoveToImmutable();
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _plan = null;
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

    private TResult Execute<TResult>(
        IReadOnlyList<Batch<float>> inputs,
        IReadOnlyList<string> values,
        ImmutableArray<NodeTime>.Builder? times,
        Func<Tensor[], Plan, int, TResult> finish,
        CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(values);
        int size = InputChecks.Check(network, inputs);
        Plan plan = FindPlan(values);
        InputChecks.CheckSize(size, plan);

        torch.set_num_threads(threads);
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        var slots = new Tensor?[plan.SlotCount];
        for (int i = 0; i < inputs.Count; i++)
        {
            slots[i] = MakeInput(inputs[i]);
        }

        foreach (Step step in plan.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (times is null)
            {
                Make(step, slots);
            }
            else
            {
                var watch = Stopwatch.StartNew();
                Make(step, slots);
                torch.synchronize(calls.Placement.Device);
                times.Add(new NodeTime(step.Node, watch.Elapsed.TotalMilliseconds));
            }
        }

        return finish([.. plan.Results.Select(result => slots[result.Slot]!)], plan, size);
    }

    private static void Make(Step step, Tensor?[] slots)
    {
        var inputs = new Tensor[step.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = slots[step.Inputs[i]]!;
        }

        slots[step.Output] = step.Call.Run(inputs, step.MayOverwrite);
        foreach (int slot in step.Released)
        {
            slots[slot]!.Dispose();
            slots[slot] = null;
        }
    }

    private Tensor MakeInput(Batch<float> batch)
    {
        long[] shape = [batch.Size, .. batch.Shape.Dimensions.Select(static extent => (long)extent)];
        Placement placement = calls.Placement;
        return torch.tensor(batch.Elements, shape, placement.Type, placement.Device, isChannelsLast: shape.Length == 4);
    }

    private Plan FindPlan(IReadOnlyList<string> values)
    {
        if (_plan is null || !_planned.SequenceEqual(values, StringComparer.Ordinal))
        {
            _plan = PlanBuilder.Build(network, calls, values);
            _planned = [.. values];
        }

        return _plan;
    }
}
