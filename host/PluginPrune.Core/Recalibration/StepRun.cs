using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Statistics;

namespace PluginPrune.Core.Recalibration;

/// <summary>Runs the piece of a network between the values at hand and the layers of a step.</summary>
internal sealed class StepRun(IEngine engine, Network network, RecalibrationStep step, long memoryBytes)
{
    private readonly string[] _seen = [.. step.Layers.Select(RecalibrationStep.SeenOf).Distinct(StringComparer.Ordinal)];

    /// <returns>What there is to see for the step's layers, by the values' names. The values at hand move on where memory allows.</returns>
    public Dictionary<string, Moments> Execute(PictureValues values, CancellationToken cancellationToken)
    {
        long bytes = step.Frontier.Sum(value => (long)sizeof(float) * network.ShapeOf(value).Count);
        return values.CanKeep(bytes) ? Keep(values, cancellationToken) : Reduce(values, cancellationToken);
    }

    private Dictionary<string, Moments> Keep(PictureValues values, CancellationToken cancellationToken)
    {
        var means = _seen.ToDictionary(static value => value, value => Accumulator(ChannelStatistic.Mean, value), StringComparer.Ordinal);
        var squares = _seen.ToDictionary(static value => value, value => Accumulator(ChannelStatistic.MeanOfSquares, value), StringComparer.Ordinal);
        foreach (Dictionary<string, Batch<float>> known in new ValueRun(engine, network, values).Execute(_seen, step.Frontier, cancellationToken))
        {
            foreach (string value in _seen)
            {
                means[value].Add(known[value]);
                squares[value].Add(known[value]);
            }
        }

        return _seen.ToDictionary(static value => value, value => new Moments(means[value].Result, squares[value].Result), StringComparer.Ordinal);
    }

    /// <summary>For values that are too large to keep.</summary>
    private Dictionary<string, Moments> Reduce(PictureValues values, CancellationToken cancellationToken)
    {
        Network? piece = NetworkPiece.Between(network, [.. _seen.Where(value => !values.Has(value))], values);
        ImmutableArray<string> inputs = [.. _seen.Where(values.Has).Union(piece?.Inputs.Select(static input => input.Name) ?? [], StringComparer.Ordinal)];
        using IExecutable<float>? executable = piece is null ? null : engine.Compile(piece);
        ImmutableArray<string> ofPiece = [.. piece?.Inputs.Select(static input => input.Name) ?? []];
        var reducer = new BatchReducer(
            executable,
            [.. _seen.SelectMany(static value => new ChannelReduction[] { new(value, ChannelStatistic.Mean), new(value, ChannelStatistic.MeanOfSquares) })],
            inputs,
            ofPiece,
            network.ShapeOf,
            memoryBytes);
        foreach (IReadOnlyList<Batch<float>> batch in values.Enumerate(inputs))
        {
            reducer.Add(batch, cancellationToken);
        }

        ImmutableArray<double[]> results = reducer.Results;
        return _seen.Select((value, i) => (value, i)).ToDictionary(
            static pair => pair.value, pair => new Moments(results[2 * pair.i], results[(2 * pair.i) + 1]), StringComparer.Ordinal);
    }

    private ChannelAccumulator Accumulator(ChannelStatistic statistic, string value) => new(statistic, network.ShapeOf(value).Channels);
}
