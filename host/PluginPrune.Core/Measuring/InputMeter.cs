using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Statistics;

namespace PluginPrune.Core.Measuring;

/// <summary>Measures what layers read on pictures without labels: how their inputs vary together.</summary>
/// <param name="engine">Runs the network.</param>
/// <param name="pictures">All pictures there are.</param>
/// <param name="read">Reads batches of some of them as a network takes them.</param>
public sealed class InputMeter(IEngine engine, Dataset pictures, Func<Network, Dataset, CancellationToken, IEnumerable<Batch<float>>> read)
{
    // Values of a batch that take more are computed picture by picture.
    private const long MostBytes = 256L << 20;

    /// <summary>On how many threads products are added up; the result is the same.</summary>
    public ParallelOptions Parallel { get; init; } = new();

    /// <summary>Does the work where its progress can be seen; it is given what takes the share that is done, 0 to 1.</summary>
    /// <value>The default shows nothing.</value>
    public Action<Action<Action<double>>> Track { get; init; } = static work => work(static _ => { });

    /// <summary>Told how many pictures are wanted and how many there are, where there are fewer.</summary>
    public Action<int, int> Lacked { get; init; } = static (_, _) => { };

    /// <summary>Measures.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="measurement">What is wanted.</param>
    /// <param name="seed">Draws the pictures, and the places of each.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentException">A node does not exist or is of another kind, or a count is below 1.</exception>
    /// <exception cref="RecalibrationException">There is no picture, the network has several inputs, or a value is not finite.</exception>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public InputStatistics Measure(Network network, InputMeasurement measurement, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentOutOfRangeException.ThrowIfLessThan(measurement.Pictures, 1);
        if (network.Inputs.Length != 1)
        {
            throw new RecalibrationException($"The network takes {network.Inputs.Length} inputs; what layers read is measured of networks with one picture.");
        }

        Dataset drawn = pictures with { Items = PictureDraw.Of(pictures.Items, measurement.Pictures, seed) };
        if (drawn.Items.Length < measurement.Pictures)
        {
            Lacked(measurement.Pictures, drawn.Items.Length);
        }

        var threads = new ParallelOptions { MaxDegreeOfParallelism = Parallel.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        InputSum[] sums = [.. measurement.Layers.Select((layer, i) => new InputSum(network, LayerOf(network, layer), drawn.Items.Length, ((ulong)(uint)seed << 32) + (ulong)i, threads))];
        (string Value, ChannelAccumulator Mean, ChannelAccumulator Square)[] values =
        [
            .. measurement.Values.Select(value => network.Find(value) is null
                ? throw new ArgumentException($"The network has no node '{value}' to be measured.", nameof(measurement))
                : (value, new ChannelAccumulator(ChannelStatistic.Mean, network.ShapeOf(value).Channels), new ChannelAccumulator(ChannelStatistic.MeanOfSquares, network.ShapeOf(value).Channels))),
        ];
        Track(progressed => AddUp(network, drawn, sums, values, progressed, cancellationToken));
        return new InputStatistics(
            [.. sums.Select(static sum => sum.Result())],
            [
                .. values.Select(value =>
                {
                    var moments = new Moments(value.Mean.Result, value.Square.Result);
                    moments.RefuseUnusable(network[value.Value]);
                    return new ValueMoments(moments.Means, moments.Variances);
                }),
            ]);
    }

    private void AddUp(
        Network network,
        Dataset drawn,
        InputSum[] sums,
        (string Value, ChannelAccumulator Mean, ChannelAccumulator Square)[] values,
        Action<double> progressed,
        CancellationToken cancellationToken)
    {
        string picture = network.Inputs[0].Name;
        string[] wanted = [.. sums.Select(static sum => sum.Input).Concat(values.Select(static value => value.Value)).Where(value => value != picture).Distinct(StringComparer.Ordinal)];
        long bytes = wanted.Sum(value => (long)sizeof(float) * network.ShapeOf(value).Count);
        using IExecutable<float> executable = engine.Compile(network);
        int done = 0;
        foreach (Batch<float> batch in read(network, drawn, cancellationToken))
        {
            foreach (Batch<float> part in bytes * batch.Size > MostBytes ? Pictures(batch) : [batch])
            {
                ImmutableArray<Batch<float>> results = wanted.Length == 0 ? [] : executable.Run([part], wanted, cancellationToken);
                var known = wanted.Zip(results).Append((picture, part)).ToDictionary(static pair => pair.Item1, static pair => pair.Item2, StringComparer.Ordinal);
                foreach (InputSum sum in sums)
                {
                    sum.Add(known[sum.Input], done);
                }

                foreach ((string value, ChannelAccumulator mean, ChannelAccumulator square) in values)
                {
                    mean.Add(known[value]);
                    square.Add(known[value]);
                }

                done += part.Size;
                progressed((double)done / drawn.Items.Length);
            }
        }

        if (done == 0)
        {
            throw new RecalibrationException("There is no picture to look at.");
        }
    }

    private static IEnumerable<Batch<float>> Pictures(Batch<float> batch) =>
        Enumerable.Range(0, batch.Size).Select(picture => new Batch<float>(1, batch.Shape, batch[picture].ToArray()));

    private static Node LayerOf(Network network, string layer) => network.Find(layer) switch
    {
        { Operation: Convolution or Linear } node => node,
        { } other => throw new ArgumentException($"{other} is no convolution and no linear layer: what it reads is not measured.", nameof(layer)),
        null => throw new ArgumentException($"The network has no node '{layer}' to be measured.", nameof(layer)),
    };
}
