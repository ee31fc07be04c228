using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Statistics;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Recalibration;

/// <summary>Fitting a pruned network to its original.</summary>
public sealed class MatchTests
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Fact]
    public void Match_NothingPruned_ChangesNothing()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);

            Network matched = Matched(Pruned.Randomly(network, seed, share: 0, withBlocks: false), seed).Network;

            DoubleRun.Distance(DoubleRun.Of(network, seed), DoubleRun.Of(matched, seed)).Should().BeLessThan(1e-3, "seed {0}", seed);
        }
    }

    [Fact]
    public void Match_AnyPlan_GivesWhatTheOriginalsLayersMakeOfThePictures()
    {
        int compared = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = seed % 2 == 0 ? Pruned.Randomly(network, seed) : Pruned.Exactly(network, seed);

            Network matched = Matched(plan, seed).Network;

            Node[] layers = [.. RecalibrationStep.LayersOf(network).Where(layer => !plan.IsRemoved(layer.Id))];
            (double[] Mean, double[] Square)[] now = Moments(matched, layers, seed);
            (double[] Mean, double[] Square)[] before = Moments(network, layers, seed);
            for (int i = 0; i < layers.Length; i++)
            {
                bool[] keep = plan.KeepOf(layers[i].Id);
                bool[] constant = plan.ConstantsOf(layers[i].Id);
                int channel = 0;
                for (int whole = 0; whole < keep.Length; whole++)
                {
                    if (keep[whole] && !constant[whole])
                    {
                        now[i].Mean[channel].Should().BeApproximately(
                            before[i].Mean[whole], 2e-3 * Math.Max(0.1, Math.Sqrt(before[i].Square[whole])), "channel {0} of {1}, seed {2}", whole, layers[i], seed);
                        compared++;
                    }

                    channel += keep[whole] ? 1 : 0;
                }
            }
        }

        compared.Should().BeGreaterThan(1000);
    }

    [Fact]
    public void Match_ExactFolding_LeavesConstantsConstant()
    {
        int constants = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Exactly(network, seed);
            Network small = plan.Apply().Network;

            Network matched = Matched(plan, seed).Network;

            foreach (Node node in small.Nodes.Where(static node => node.Operation is Convolution { Bias: not null }))
            {
                bool[] isConstant = [.. plan.ConstantsOf(node.Id).Where((_, channel) => plan.KeepOf(node.Id)[channel])];
                for (int channel = 0; channel < isConstant.Length; channel++)
                {
                    if (isConstant[channel])
                    {
                        ((Convolution)matched[node.Id].Operation).Bias!.Floats[channel].Should().Be(((Convolution)node.Operation).Bias!.Floats[channel]);
                        constants++;
                    }
                }
            }
        }

        constants.Should().BeGreaterThan(3);
    }

    [Fact]
    public void Match_PicturesOfAnotherKind_DoLessHarmThanStatisticsOfTheirOwn()
    {
        double matched = 0;
        double alone = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Randomly(network, seed, share: 0.1, withBlocks: false);
            double[] wanted = DoubleRun.Of(network, seed);

            matched += Math.Min(1, DoubleRun.Distance(wanted, DoubleRun.Of(Matched(plan, seed).Network, seed)));
            alone += Math.Min(1, DoubleRun.Distance(
                wanted, DoubleRun.Of(new BatchNormRecalibrator(Engine).Recalibrate(plan.Apply().Network, Batches(network, seed), CancellationToken.None).Network, seed)));
        }

        matched.Should().BeLessThan(0.8 * alone);
    }

    private static RecalibrationResult Matched(PruningPlan plan, int seed) => new BatchNormRecalibrator(Engine).Match(
        plan.Apply().Network, plan, OriginalMoments.Of(Engine, plan.Network, Batches(plan.Network, seed), CancellationToken.None), Batches(plan.Network, seed), CancellationToken.None);

    /// <summary>Of what layers make, batch norms' scale and shift included.</summary>
    private static (double[] Mean, double[] Square)[] Moments(Network network, Node[] layers, int seed)
    {
        ImmutableArray<double[]> results = new ChannelStatisticsService(Engine).Reduce(
            network,
            [.. layers.SelectMany(static layer => new ChannelReduction[] { new(layer.Id, ChannelStatistic.Mean), new(layer.Id, ChannelStatistic.MeanOfSquares) })],
            Batches(network, seed),
            CancellationToken.None);
        return [.. layers.Select((_, i) => (results[2 * i], results[(2 * i) + 1]))];
    }

    private static IEnumerable<Batch<float>> Batches(Network network, int seed) => Pictures.Batches(network.Inputs[0].Shape, seed + 100, 4, 2);
}
