using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Reconstruction;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Reconstruction;

/// <summary>Weights of a pruned network, fitted to what the whole one makes of pictures.</summary>
public sealed class WeightFitTests
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Fact]
    public void Fit_AnyPlan_BringsOutputsNearerThanTheOldWeights()
    {
        int compared = 0;
        double before = 0;
        double after = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            PruningPlan plan = Pruned.Randomly(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), seed);
            Network small = plan.Apply().Network;
            WeightFit fit = Sut(plan, seed);
            var pending = fit.LayersOf(small).Select(static layer => layer.Id).ToHashSet(StringComparer.Ordinal);
            while (pending.Count > 0)
            {
                var step = RecalibrationStep.Next(small, pending);
                Dictionary<string, Operation> fitted = fit.Fit(small, step, pending, new PictureValues("input", Batches(plan.Network, seed), 1 << 20), CancellationToken.None);
                Network changed = small.With(small.Nodes.Select(node => fitted.TryGetValue(node.Id, out Operation? operation) ? node with { Operation = operation } : node), small.Heads);
                foreach (string id in fitted.Keys.Where(id => Junction.Of(plan.Network, plan.Network[id]) is null))
                {
                    (double old, double now) = (Error(plan, small, id, seed), Error(plan, changed, id, seed));
                    now.Should().BeLessThanOrEqualTo((old * 1.0001) + 1e-6, "{0}, seed {1}", small[id], seed);
                    before += old > 1e-6 ? 1 : 0;
                    after += old > 1e-6 ? now / old : 0;
                    compared++;
                }

                pending.ExceptWith(step.Layers.Select(static layer => layer.Id));
                small = changed;
            }
        }

        compared.Should().BeGreaterThan(100);
        after.Should().BeLessThan(0.7 * before, "much can be brought back");
    }

    [Fact]
    public void Reconstruct_AnyPlan_BringsTheNetworkNearerThanBatchNormsAlone()
    {
        double matched = 0;
        double reconstructed = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = seed % 2 == 0 ? Pruned.Randomly(network, seed, share: 0.3) : Pruned.Exactly(network, seed, share: 0.3);
            double[] wanted = DoubleRun.Of(network, seed);

            // On a picture that nothing was fitted to.
            matched += Math.Min(1, DoubleRun.Distance(wanted, DoubleRun.Of(Fitted(plan, seed, weights: false).Network, seed)));
            reconstructed += Math.Min(1, DoubleRun.Distance(wanted, DoubleRun.Of(Fitted(plan, seed).Network, seed)));
        }

        reconstructed.Should().BeLessThan(0.9 * matched);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reconstruct_ChannelThatIsACopyOfAnother_CanGoWithoutAnyChange(bool hasNorms)
    {
        var b = new NetworkBuilder(5);
        float[] weights = b.Random(new Shape(6, 3, 3, 3), 0.3f).Floats.ToArray();
        for (int i = 0; i < 27; i++)
        {
            weights[(4 * 27) + i] = 1.7f * weights[(1 * 27) + i];
        }

        string first = b.Act(b.Add(new Convolution(Tensor.FromFloats(new Shape(6, 3, 3, 3), weights), null) { Padding = Padding.Same(1) }, "input"));
        string second = b.Conv(first, 8);
        b.Head(b.Conv(b.Act(hasNorms ? b.Norm(second) : second), 5, 1));
        Network network = b.Build();
        PruningPlan plan = Without(network, "n0", channel: 4);
        double[] wanted = DoubleRun.Of(network, 1);

        RecalibrationResult result = Fitted(plan, 1, damping: 1e-7);

        result.Weights.Should().Be(1, "one layer lost an input");
        DoubleRun.Distance(wanted, DoubleRun.Of(plan.Apply().Network, 1)).Should().BeGreaterThan(0.02);
        DoubleRun.Distance(wanted, DoubleRun.Of(result.Network, 1)).Should().BeLessThan(1e-4);
    }

    [Fact]
    public void Reconstruct_NothingPruned_DoesWhatMatchingDoes()
    {
        for (int seed = 0; seed < 15; seed++)
        {
            PruningPlan plan = Pruned.Randomly(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), seed, share: 0, withBlocks: false);

            RecalibrationResult result = Fitted(plan, seed);

            result.Weights.Should().Be(0);
            AssertSame(result.Network, Fitted(plan, seed, weights: false).Network);
        }
    }

    [Fact]
    public void Reconstruct_ExactFolding_LeavesConstantsConstant()
    {
        int constants = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            PruningPlan plan = Pruned.Exactly(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), seed);
            Network small = plan.Apply().Network;

            Network fitted = Fitted(plan, seed).Network;

            foreach (Node node in small.Nodes.Where(static node => node.Operation is Convolution { Bias: not null }))
            {
                bool[] isConstant = [.. plan.ConstantsOf(node.Id).Where((_, channel) => plan.KeepOf(node.Id)[channel])];
                for (int channel = 0; channel < isConstant.Length; channel++)
                {
                    if (isConstant[channel])
                    {
                        FilterOf(fitted[node.Id], channel).Should().Equal(FilterOf(node, channel), "channel {0} of {1}, seed {2}", channel, node, seed);
                        constants++;
                    }
                }
            }
        }

        constants.Should().BeGreaterThan(3);
    }

    [Fact]
    public void Reconstruct_LittleMemory_GivesTheSame()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            PruningPlan plan = Pruned.Randomly(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), seed);
            double[] freely = DoubleRun.Of(Fitted(plan, seed).Network, seed);

            foreach (long bytes in new long[] { 1, 60_000, 300_000 })
            {
                double[] frugal = DoubleRun.Of(Fitted(plan, seed, memoryBytes: bytes).Network, seed);

                DoubleRun.Distance(freely, frugal).Should().BeLessThan(1e-2, "seed {0}, {1} bytes", seed, bytes);
            }
        }
    }

    [Fact]
    public void Reconstruct_OtherThreadCounts_GiveTheSameBits()
    {
        PruningPlan plan = Pruned.Randomly(RandomNetworks.Make(3, isPadded: true, preservesZero: false), 3);
        Network single = Fitted(plan, 3, threads: 1).Network;

        AssertSame(Fitted(plan, 3, threads: 1).Network, single);
        AssertSame(Fitted(plan, 3, threads: 2).Network, single);
        AssertSame(Fitted(plan, 3, threads: 3).Network, single);
    }

    [Fact]
    public void Reconstruct_DepthwiseLayers_KeepTheirWeights()
    {
        int seen = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            PruningPlan plan = Pruned.Randomly(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), seed);
            Network small = plan.Apply().Network;
            Network fitted = Fitted(plan, seed).Network;
            foreach (Node node in small.Nodes.Where(static node => node.Operation is Convolution { IsDepthwise: true }))
            {
                ((Convolution)fitted[node.Id].Operation).Weight.Bytes.SequenceEqual(((Convolution)node.Operation).Weight.Bytes).Should().BeTrue("of {0}, seed {1}", node, seed);
                seen++;
            }
        }

        seen.Should().BeGreaterThan(10);
    }

    [Fact]
    public void Reconstruct_HalfPrecision_StaysHalf()
    {
        Network network = RandomNetworks.Make(6, isPadded: true, preservesZero: false);
        network = network.With(network.Nodes.Select(static node => node.Operation is Convolution convolution ? node with { Operation = Halved(convolution) } : node), network.Heads);
        PruningPlan plan = Pruned.Randomly(network, 6);

        RecalibrationResult result = Fitted(plan, 6);

        result.Weights.Should().BePositive();
        result.Network.Nodes.Select(static node => node.Operation).OfType<Convolution>().Should().OnlyContain(
            static convolution => convolution.Weight.Type == ElementType.F16 && (convolution.Bias == null || convolution.Bias.Type == ElementType.F16));
        DoubleRun.Of(result.Network, 6).Should().OnlyContain(static value => double.IsFinite(value));
    }

    [Fact]
    public void Reconstruct_Shortcut_BringsBackWhatItLost()
    {
        double with = 0;
        double without = 0;
        for (int seed = 0; seed < 6; seed++)
        {
            with += ResidualError(seed, hidesJunctions: false);
            without += ResidualError(seed, hidesJunctions: true);
        }

        with.Should().BeLessThan(0.9 * without);
    }

    [Fact]
    public void Reconstruct_OutputsThatHardlyCount_DoNotMakeUpForTheShortcut()
    {
        (Network network, _) = Residual(0);
        Node last = network.Nodes.Last(node => node.Operation is BatchNorm && network.ConsumersOf(node.Id) is [{ Operation: Add }]);
        var norm = (BatchNorm)last.Operation;
        float[] scales = norm.Gamma.Floats.ToArray();
        scales[1] = 1e-5f * scales[1];
        network = network.With(network.Nodes.Select(node => node == last ? node with { Operation = norm with { Gamma = Tensor.FromFloats(scales) } } : node), network.Heads);
        string convolution = last.Inputs[0];

        RecalibrationResult result = Fitted(InsideBlocks(network, 0), 0);

        float[] whole = ((Convolution)network[convolution].Operation).Weight.Floats.ToArray();
        result.Weights.Should().BePositive();
        ((Convolution)result.Network[convolution].Operation).Weight.Floats.ToArray().Max(Math.Abs).Should().BeLessThan(30 * whole.Max(Math.Abs));
    }

    [Fact]
    public void Reconstruct_NetworkWithoutBatchNorms_IsFitted()
    {
        var b = new NetworkBuilder(2);
        b.Head(b.Conv(b.Act(b.Conv(b.Act(b.Conv("input", 12)), 12)), 4));
        PruningPlan plan = Pruned.Randomly(b.Build(), 2, share: 0.3);
        double[] wanted = DoubleRun.Of(plan.Network, 1);

        RecalibrationResult result = Fitted(plan, 2);

        result.Weights.Should().Be(2);
        result.Pictures.Should().Be(8);
        DoubleRun.Distance(wanted, DoubleRun.Of(result.Network, 1)).Should().BeLessThan(0.7 * DoubleRun.Distance(wanted, DoubleRun.Of(plan.Apply().Network, 1)));
    }

    [Fact]
    public void Reconstruct_LayerThatReadsNothingThatVaries_HasItsBiasFitted()
    {
        var b = new NetworkBuilder(2);
        string dead = b.Act(b.Add(new Convolution(Tensor.FromFloats(new Shape(6, 3, 1, 1), new float[18]), Tensor.FromFloats([1, 2, 3, 4, 5, 6])), "input"));
        b.Head(b.Conv(dead, 4, 1, bias: true));
        Network network = b.Build();
        double[] wanted = DoubleRun.Of(network, 1);

        RecalibrationResult result = Fitted(Without(network, "n0", channel: 5), 1);

        result.Weights.Should().Be(0, "nothing tells which weights");
        DoubleRun.Distance(wanted, DoubleRun.Of(result.Network, 1)).Should().BeLessThan(1e-5);
    }

    [Fact]
    public void Reconstruct_WhatIsNotFinite_SaysWhere()
    {
        var b = new NetworkBuilder(2);
        string broken = b.Add(new Convolution(Tensor.FromFloats(new Shape(4, 3, 1, 1), [float.NaN, .. new float[11]]), null), "input");
        b.Head(b.Conv(b.Act(broken), 4, 1));
        PruningPlan plan = Without(b.Build(), "n0", channel: 2);

        Action act = () => Fitted(plan, 2);

        act.Should().Throw<RecalibrationException>().WithMessage("What n2 (*is not finite*'host inspect' shows the layer.");
    }

    [Fact]
    public void Reconstruct_NoPicture_SaysSo()
    {
        var b = new NetworkBuilder(2);
        b.Head(b.Conv(b.Act(b.Conv("input", 4)), 4, 1));
        PruningPlan plan = Without(b.Build(), "n0", channel: 2);
        OriginalMoments moments = OriginalMoments.Of(Engine, plan.Network, [], CancellationToken.None);

        Action act = () => new BatchNormRecalibrator(Engine).Reconstruct(plan.Apply().Network, plan, moments, [], new WeightFit(Engine, plan, [], 0), CancellationToken.None);

        act.Should().Throw<RecalibrationException>().WithMessage("*no picture*");
    }

    private static WeightFit Sut(PruningPlan plan, int seed, double damping = 0.1, long memoryBytes = 1 << 30, int threads = 2) => new(Engine, plan, Batches(plan.Network, seed), 8)
    {
        Damping = damping,
        MemoryBytes = memoryBytes,
        Seed = seed,
        Parallel = new ParallelOptions { MaxDegreeOfParallelism = threads },
    };

    private static RecalibrationResult Fitted(PruningPlan plan, int seed, bool weights = true, double damping = 0.1, long memoryBytes = 1 << 30, int threads = 2) =>
        new BatchNormRecalibrator(Engine) { MemoryBytes = memoryBytes }.Reconstruct(
            plan.Apply().Network,
            plan,
            OriginalMoments.Of(Engine, plan.Network, Batches(plan.Network, seed), CancellationToken.None),
            Batches(plan.Network, seed),
            weights ? Sut(plan, seed, damping, memoryBytes, threads) : null,
            CancellationToken.None);

    private static IEnumerable<Batch<float>> Batches(Network network, int seed) => Pictures.Batches(network.Inputs[0].Shape, seed + 100, 5, 3);

    /// <summary>How far a layer's outputs are from the whole network's, constants aside where they can be made up for.</summary>
    private static double Error(PruningPlan plan, Network small, string id, int seed)
    {
        bool hasIntercept = small[id].Operation is Convolution { Bias: not null } or Linear { Bias: not null } || BatchNormPairs.NormOf(small, small[id]) is not null;
        bool[] keep = plan.KeepOf(id);
        float[][] now = ValuesOf(small, id, seed);
        float[][] wanted = [.. ValuesOf(plan.Network, id, seed).Where((_, channel) => keep[channel])];
        return now.Zip(wanted).Sum(pair =>
        {
            double[] differences = [.. pair.First.Zip(pair.Second, static (left, right) => (double)left - right)];
            double mean = hasIntercept ? differences.Average() : 0;
            return differences.Sum(difference => (difference - mean) * (difference - mean));
        });
    }

    /// <summary>[channel][picture and place].</summary>
    private static float[][] ValuesOf(Network network, string id, int seed)
    {
        Shape shape = network.ShapeOf(id);
        var channels = Enumerable.Range(0, shape.Channels).Select(static _ => new List<float>()).ToArray();
        using IExecutable<float> executable = Engine.Compile(network);
        foreach (Batch<float> batch in Batches(network, seed))
        {
            Batch<float> values = executable.Run([batch], [id], CancellationToken.None)[0];
            for (int i = 0; i < values.Elements.Length; i++)
            {
                channels[i / shape.ElementsPerChannel % shape.Channels].Add(values.Elements[i]);
            }
        }

        return [.. channels.Select(static channel => channel.ToArray())];
    }

    /// <summary>How far the end of three residual blocks is from the whole network's, over what varies there.</summary>
    private static double ResidualError(int seed, bool hidesJunctions)
    {
        (Network network, string trunk) = Residual(seed, hidesJunctions);
        PruningPlan plan = InsideBlocks(network, seed);
        float[][] wanted = ValuesOf(network, trunk, seed);
        double variation = wanted.Sum(static channel => channel.Sum(value => Math.Pow(value - channel.Average(), 2)));
        return Error(plan, Fitted(plan, seed).Network, trunk, seed) / variation;
    }

    /// <summary>Four blocks of 8 channels, 12 inside, and what the last one makes.</summary>
    private static (Network Network, string Trunk) Residual(int seed, bool hidesJunctions = false)
    {
        var b = new NetworkBuilder(seed);
        string trunk = b.ConvNormAct("input", 8);
        for (int block = 0; block < 4; block++)
        {
            string branch = b.Norm(b.Conv(b.ConvNormAct(trunk, 12), 8));
            trunk = b.Act(b.Add(new Add(), trunk, hidesJunctions ? b.Add(new Identity(), branch) : branch));
        }

        b.Head(b.Conv(trunk, 3, 1));
        return (b.Build(), trunk);
    }

    /// <summary>Half of the 12 goes, by chance.</summary>
    private static PruningPlan InsideBlocks(Network network, int seed)
    {
        var random = new Random(seed);
        NetworkAnalysis analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        return new PruningPlan(network, [], analysis, new ChannelMasks(analysis.Groups.Select(group =>
            group.Size == 12 ? [.. Enumerable.Range(0, 12).Select(_ => random.Next(2) == 0)] : ImmutableArray.CreateRange(Enumerable.Repeat(true, group.Size)))));
    }

    private static PruningPlan Without(Network network, string layer, int channel)
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        ChannelElement gone = analysis.ElementsOf(layer)[channel];
        return new PruningPlan(network, [], analysis, new ChannelMasks(analysis.Groups.Select(group =>
            ImmutableArray.CreateRange(Enumerable.Range(0, group.Size).Select(element => group.Index != gone.Group || element != gone.Element)))));
    }

    private static float[] FilterOf(Node node, int channel)
    {
        var convolution = (Convolution)node.Operation;
        int taps = convolution.Weight.Count / convolution.OutputChannels;
        return [.. convolution.Weight.Floats.Slice(channel * taps, taps), convolution.Bias!.Floats[channel]];
    }

    private static Convolution Halved(Convolution convolution) => convolution with { Weight = Halved(convolution.Weight), Bias = convolution.Bias is { } bias ? Halved(bias) : null };

    private static Tensor Halved(Tensor tensor) => Tensor.FromHalfs(tensor.Shape, [.. tensor.Floats.ToArray().Select(static value => (Half)value)]);

    private static void AssertSame(Network network, Network other)
    {
        foreach ((Node left, Node right) in network.Nodes.Zip(other.Nodes))
        {
            foreach ((NamedTensor one, NamedTensor same) in left.Operation.Tensors.Zip(right.Operation.Tensors))
            {
                one.Tensor.Bytes.SequenceEqual(same.Tensor.Bytes).Should().BeTrue("of {0} of {1}", one.Role, left);
            }
        }
    }
}
