using System.Collections.Immutable;
using System.Diagnostics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged;

/// <summary>An executable in single precision, which can tell where its time goes.</summary>
internal sealed class ProfilingExecutable(Network network, Workers workers) : ManagedExecutable<float>(network, workers), IProfilingExecutable
{
    public ImmutableArray<NodeTime> Profile(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        var times = ImmutableArray.CreateBuilder<NodeTime>();
        long last = Stopwatch.GetTimestamp();
        Run(
            inputs,
            values,
            step =>
            {
                long now = Stopwatch.GetTimestamp();
                times.Add(new NodeTime(step.Node, Stopwatch.GetElapsedTime(last, now).TotalMilliseconds));
                last = now;
            },
            cancellationToken);
        return times.ToImmutable();
    }
}
