using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineManaged.Kernels;
using PluginPrune.EngineManaged.Planning;

namespace PluginPrune.EngineManaged;

/// <summary>
/// A network with its kernels, and the plan that served the last run. Runs may go on at the same time: what they share does
/// not change, and each has buffers of its own.
/// </summary>
internal class ManagedExecutable<T> : IExecutable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network _network;
    private readonly Workers _workers;
    private readonly Kernel<T>?[] _kernels;
    private readonly ConcurrentBag<BufferPool<T>> _pools = [];
    private Plan<T>? _plan;
    private bool _disposed;

    public ManagedExecutable(Network network, Workers workers)
    {
        _network = network;
        _workers = workers;
        _kernels = [.. network.Nodes.Select(node => KernelFactory.Create<T>(network, node))];
    }

    public ImmutableArray<Batch<T>> Run(
        IReadOnlyList<Batch<T>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken) =>
        Run(inputs, values, stepDone: null, cancellationToken);

    public void Dispose()
    {
        _disposed = true;
        _plan = null;
        _pools.Clear();
        Array.Clear(_kernels);
    }

    /// <summary>Runs, and tells of each step when it is done.</summary>
    protected ImmutableArray<Batch<T>> Run(
        IReadOnlyList<Batch<T>> inputs, IReadOnlyList<string> values, Action<Step<T>>? stepDone, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(values);
        int size = CheckInputs(inputs);
        Plan<T> plan = FindPlan(values);
        if ((long)size * plan.LargestSlot > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A batch of {size} would need a value of {(long)size * plan.LargestSlot} elements; {Array.MaxLength} is the most. Run smaller batches.",
                nameof(inputs));
        }

        BufferPool<T> pool = _pools.TryTake(out BufferPool<T>? idle) ? idle : new BufferPool<T>();
        var buffers = new T[plan.SlotSizes.Length][];
        int[] pending = [.. plan.Readers];
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                buffers[i] = inputs[i].Elements;
            }

            foreach (Step<T> step in plan.Steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Execute(step, plan, buffers, pending, size, pool);
                stepDone?.Invoke(step);
            }

            return [.. plan.Results.Select(result => CopyOut(buffers[result.Slot], result.Shape, size))];
        }
        finally
        {
            for (int slot = inputs.Count; slot < buffers.Length; slot++)
            {
                Release(buffers, slot, pool);
            }

            _pools.Add(pool);
        }
    }

    private static Batch<T> CopyOut(T[] buffer, Shape shape, int size) =>
        new(size, shape, buffer.AsSpan(0, size * shape.Count).ToArray());

    private void Execute(Step<T> step, Plan<T> plan, T[][] buffers, int[] pending, int size, BufferPool<T> pool)
    {
        T[] output = pool.Rent(size * plan.SlotSizes[step.Output]);
        buffers[step.Output] = output;
        step.Kernel.Run(new KernelArguments<T>([.. step.Inputs.Select(slot => buffers[slot])], output, size, _workers));
        foreach (int slot in step.Inputs)
        {
            pending[slot]--;
            if (pending[slot] == 0 && slot >= _network.Inputs.Length)
            {
                Release(buffers, slot, pool);
            }
        }
    }

    private static void Release(T[][] buffers, int slot, BufferPool<T> pool)
    {
        if (buffers[slot] is { } buffer)
        {
            pool.Return(buffer);
            buffers[slot] = null!;
        }
    }

    private Plan<T> FindPlan(IReadOnlyList<string> values)
    {
        // Two runs may both make one: they are equal.
        Plan<T>? plan = _plan;
        if (plan is null || !plan.Values.SequenceEqual(values, StringComparer.Ordinal))
        {
            _plan = plan = PlanBuilder<T>.Build(_network, _kernels, values);
        }

        return plan;
    }

    private int CheckInputs(IReadOnlyList<Batch<T>> inputs)
    {
        if (inputs.Count != _network.Inputs.Length)
        {
            throw new ArgumentException(
                $"The network takes {_network.Inputs.Length} inputs ({string.Join(", ", _network.Inputs.Select(static input => input.Name))}); {inputs.Count} were given.",
                nameof(inputs));
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            NetworkInput input = _network.Inputs[i];
            if (inputs[i] is not { } batch)
            {
                throw new ArgumentException($"The batch for input '{input.Name}' is null.", nameof(inputs));
            }

            if (batch.Shape != input.Shape)
            {
                throw new ArgumentException(
                    $"Input '{input.Name}' takes {input.Shape}; the batch given holds {batch.Shape}.", nameof(inputs));
            }

            if (batch.Size != inputs[0].Size)
            {
                throw new ArgumentException(
                    $"Input '{input.Name}' has a batch of {batch.Size}, input '{_network.Inputs[0].Name}' one of {inputs[0].Size}; they must be equal.",
                    nameof(inputs));
            }
        }

        return inputs[0].Size;
    }
}
