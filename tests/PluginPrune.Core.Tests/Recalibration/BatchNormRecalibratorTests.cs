using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Statistics;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Recalibration;

public sealed class BatchNormRecalibratorTests
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Fact]
    public void Recalibrate_AnyNetwork_HoldsExactlyWhatItsLayersThenSee()
    {
        int norms = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);

            RecalibrationResult result = new BatchNormRecalibrator(Engine).Recalibrate(network, Batches(network, 3, 2), CancellationToken.None);

            norms += result.Layers;
            result.Pictures.Should().Be(5);
            AssertFits(result, seed);
        }

        norms.Should().BeGreaterThan(200);
    }

    [Fact]
    public void Recalibrate_LittleMemory_GivesTheSame()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            Network freely = new BatchNormRecalibrator(Engine).Recalibrate(network, Batches(network, 3, 2), CancellationToken.None).Network;

            foreach (long bytes in new long[] { 1, 60_000, 300_000 })
            {
                Network frugal = new BatchNormRecalibrator(Engine) { MemoryBytes = bytes }.Recalibrate(network, Batches(network, 3, 2), CancellationToken.None).Network;

                Statistics(frugal).Zip(Statistics(freely)).Should().OnlyContain(
                    static pair => Math.Abs(pair.First - pair.Second) <= 1e-4 * Math.Max(1e-2, Math.Abs(pair.Second)), "seed {0}, {1} bytes", seed, bytes);
            }
        }
    }

    [Fact]
    public void Recalibrate_OtherBatchesOfTheSamePictures_GivesTheSame()
    {
        Network network = RandomNetworks.Make(11, isPadded: true, preservesZero: false);

        Network whole = new BatchNormRecalibrator(Engine).Recalibrate(network, Batches(network, 6), CancellationToken.None).Network;
        Network single = new BatchNormRecalibrator(Engine).Recalibrate(network, Batches(network, 1, 1, 1, 1, 1, 1), CancellationToken.None).Network;

        Statistics(single).Zip(Statistics(whole)).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1e-2, Math.Abs(pair.Second)));
    }

    [Fact]
    public void Recalibrate_Network_ChangesNothingButMeansAndVariances()
    {
        Network network = RandomNetworks.Make(4, isPadded: true, preservesZero: false);

        Network changed = new BatchNormRecalibrator(Engine).Recalibrate(network, Batches(network, 2), CancellationToken.None).Network;

        foreach ((Node before, Node after) in network.Nodes.Zip(changed.Nodes))
        {
            Operation expected = before.Operation is BatchNorm norm
                ? norm with { Mean = ((BatchNorm)after.Operation).Mean, Variance = ((BatchNorm)after.Operation).Variance }
                : before.Operation;
            after.Operation.Should().Be(expected);
        }
    }

    [Fact]
    public void Recalibrate_ChannelThatDoesNotVary_KeepsItsVarianceAndTakesItsMean()
    {
        var b = new NetworkBuilder(1);
        string dead = b.Add(new Convolution(Tensor.FromFloats(new Shape(4, 3, 1, 1), new float[12]), Tensor.FromFloats([0.1f, 0.2f, 0.3f, 0.4f])), "input");
        string norm = b.Norm(dead);
        b.Head(b.Conv(norm, 2, 1));
        Network network = b.Build();

        RecalibrationResult result = new BatchNormRecalibrator(Engine).Recalibrate(network, Batches(network, 2), CancellationToken.None);

        var after = (BatchNorm)result.Network[norm].Operation;
        result.Constant.Should().Be(4);
        after.Variance.Floats.ToArray().Should().Equal(((BatchNorm)network[norm].Operation).Variance.Floats.ToArray());
        after.Mean.Floats.ToArray().Should().Equal(0.1f, 0.2f, 0.3f, 0.4f);
    }

    [Fact]
    public void Recalibrate_WhatCannotBe_SaysWhy()
    {
        var b = new NetworkBuilder(1);
        b.Head(b.Conv("input", 2));
        Network without = b.Build();
        Network network = RandomNetworks.Make(4, isPadded: true, preservesZero: false);
        Node first = network.Nodes.First(static node => node.Operation is Convolution);
        Network broken = network.With(
            network.Nodes.Select(node => node == first ? node with { Operation = Break((Convolution)node.Operation) } : node), network.Heads);
        var recalibrator = new BatchNormRecalibrator(Engine);

        Action noNorm = () => recalibrator.Recalibrate(without, Batches(without, 1), CancellationToken.None);
        Action noPicture = () => recalibrator.Recalibrate(network, [], CancellationToken.None);
        Action noNumber = () => recalibrator.Recalibrate(broken, Batches(network, 1), CancellationToken.None);

        noNorm.Should().Throw<RecalibrationException>().WithMessage("*no batch norm*");
        noPicture.Should().Throw<RecalibrationException>().WithMessage("*no picture*");
        noNumber.Should().Throw<RecalibrationException>().WithMessage("*n1 (*not finite in channel 0*");
    }

    private static Convolution Break(Convolution convolution)
    {
        float[] weights = convolution.Weight.Floats.ToArray();
        weights[0] = float.PositiveInfinity;
        return convolution with { Weight = convolution.Weight.WithFloats(weights) };
    }

    /// <summary>Each batch norm's statistics are those of its input when the result runs on the same pictures.</summary>
    private static void AssertFits(RecalibrationResult result, int seed)
    {
        Network network = result.Network;
        Node[] norms = [.. network.Nodes.Where(static node => node.Operation is BatchNorm)];
        ImmutableArray<double[]> seen = new ChannelStatisticsService(Engine).Reduce(
            network,
            [.. norms.SelectMany(static norm => new[] { ChannelStatistic.Mean, ChannelStatistic.MeanOfSquares }.Select(statistic => new ChannelReduction(norm.Inputs[0], statistic)))],
            Batches(network, 3, 2),
            CancellationToken.None);
        for (int i = 0; i < norms.Length; i++)
        {
            var norm = (BatchNorm)norms[i].Operation;
            for (int channel = 0; channel < norm.Mean.Count; channel++)
            {
                double mean = seen[2 * i][channel];
                double square = seen[(2 * i) + 1][channel];
                double variance = square - (mean * mean);
                ((double)norm.Mean.Floats[channel]).Should().BeApproximately(mean, 1e-4 * Math.Sqrt(square), "{0} of seed {1}", norms[i], seed);
                if (variance > 1e-6 * square)
                {
                    ((double)norm.Variance.Floats[channel]).Should().BeApproximately(variance, 1e-3 * variance, "{0} of seed {1}", norms[i], seed);
                }
            }
        }
    }

    private static IEnumerable<double> Statistics(Network network) => network.Nodes
        .Select(static node => node.Operation).OfType<BatchNorm>()
        .SelectMany(static norm => norm.Mean.Floats.ToArray().Concat(norm.Variance.Floats.ToArray()))
        .Select(static value => (double)value);

    private static IEnumerable<Batch<float>> Batches(Network network, params int[] sizes) => Pictures.Batches(network.Inputs[0].Shape, 7, sizes);
}
