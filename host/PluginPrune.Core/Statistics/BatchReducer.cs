using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Statistics;

/// <summary>Runs batches and reduces values, in bounded memory: large batches in parts, and too many values in several runs.</summary>
internal sealed class BatchReducer
{
    private readonly IExecutable<float>? _executable;
    private readonly ImmutableArray<string> _ofExecutable;
    private readonly ImmutableArray<string> _inputs;
    private readonly Func<string, Shape> _shapeOf;
    private readonly long _memoryBytes;
    private readonly (ChannelReduction Reduction, ChannelAccumulator Accumulator)[] _all;

    /// <param name="executable">The network; null where only inputs are reduced.</param>
    /// <param name="reductions">What is wanted; values exist.</param>
    /// <param name="inputs">The names of what batches are handed in for.</param>
    /// <param name="ofExecutable">Those that the network takes.</param>
    /// <param name="shapeOf">The shapes of its values.</param>
    /// <param name="memoryBytes">The most that values take at once.</param>
    public BatchReducer(
        IExecutable<float>? executable,
        IReadOnlyList<ChannelReduction> reductions,
        ImmutableArray<string> inputs,
        ImmutableArray<string> ofExecutable,
        Func<string, Shape> shapeOf,
        long memoryBytes)
    {
        _executable = executable;
        _inputs = inputs;
        _ofExecutable = ofExecutable;
        _shapeOf = shapeOf;
        _memoryBytes = memoryBytes;
        _all = [.. reductions.Select(reduction => (reduction, new ChannelAccumulator(reduction.Statistic, shapeOf(reduction.Value).Channels)))];
    }

    public ImmutableArray<double[]> Results => [.. _all.Select(static pair => pair.Accumulator.Result)];

    public void Add(IReadOnlyList<Batch<float>> inputs, CancellationToken cancellationToken)
    {
        // An engine is asked for nodes' values; those of the inputs are at hand.
        foreach ((ChannelReduction reduction, ChannelAccumulator accumulator) in _all.Where(pair => _inputs.Contains(pair.Reduction.Value, StringComparer.Ordinal)))
        {
            accumulator.Add(inputs[_inputs.IndexOf(reduction.Value)]);
        }

        (ChannelReduction Reduction, ChannelAccumulator Accumulator)[] wanted = [.. _all.Where(pair => !_inputs.Contains(pair.Reduction.Value, StringComparer.Ordinal))];
        if (wanted.Length == 0 || _executable is null)
        {
            return;
        }

        inputs = [.. _ofExecutable.Select(name => inputs[_inputs.IndexOf(name)])];
        if (_executable is IStatisticsExecutable statistics)
        {
            ImmutableArray<double[]> reduced = statistics.Reduce(inputs, [.. wanted.Select(static pair => pair.Reduction)], cancellationToken);
            for (int i = 0; i < wanted.Length; i++)
            {
                wanted[i].Accumulator.Add(reduced[i], inputs[0].Size);
            }

            return;
        }

        foreach (IReadOnlyList<Batch<float>> part in Parts(inputs, wanted.Select(static pair => pair.Reduction.Value)))
        {
            foreach (string[] values in Groups(wanted.Select(static pair => pair.Reduction.Value), part[0].Size))
            {
                ImmutableArray<Batch<float>> results = _executable.Run(part, values, cancellationToken);
                foreach ((ChannelReduction reduction, ChannelAccumulator accumulator) in wanted)
                {
                    if (Array.IndexOf(values, reduction.Value) is >= 0 and var index)
                    {
                        accumulator.Add(results[index]);
                    }
                }
            }
        }
    }

    /// <summary>Fewer pictures at once cost nothing; a second run of the same picture costs a run.</summary>
    private IEnumerable<IReadOnlyList<Batch<float>>> Parts(IReadOnlyList<Batch<float>> inputs, IEnumerable<string> values)
    {
        long bytes = values.Distinct(StringComparer.Ordinal).Sum(value => (long)sizeof(float) * _shapeOf(value).Count);
        int size = (int)Math.Clamp(_memoryBytes / Math.Max(1, bytes), 1, inputs[0].Size);
        if (size == inputs[0].Size)
        {
            yield return inputs;
            yield break;
        }

        for (int first = 0; first < inputs[0].Size; first += size)
        {
            int count = Math.Min(size, inputs[0].Size - first);
            yield return [.. inputs.Select(input => new Batch<float>(count, input.Shape, input.Elements.AsSpan(first * input.Shape.Count, count * input.Shape.Count).ToArray()))];
        }
    }

    private IEnumerable<string[]> Groups(IEnumerable<string> values, int pictures)
    {
        var group = new List<string>();
        long bytes = 0;
        foreach (string value in values.Distinct(StringComparer.Ordinal))
        {
            long more = (long)sizeof(float) * _shapeOf(value).Count * pictures;
            if (group.Count > 0 && bytes + more > _memoryBytes)
            {
                yield return [.. group];
                group.Clear();
                bytes = 0;
            }

            group.Add(value);
            bytes += more;
        }

        yield return [.. group];
    }
}
