using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Surgery;

/// <summary>What constant channels promise: the small network computes what the masked one does, at the border too.</summary>
public sealed class ExactFoldingProperties
{
    private const int Cases = 250;

    [Fact]
    public void Apply_ExactFolding_ComputesWhatTheMaskedNetworkComputesAtTheBorderToo()
    {
        int compared = 0;
        int constants = 0;
        int betterThanStandard = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Exactly(network, seed);
            SurgeryResult surgery = plan.Apply();
            if (!surgery.Losses.IsEmpty || !surgery.InexactAtBorder.IsEmpty)
            {
                continue;
            }

            double[] masked = DoubleRun.Of(FullSizeNetworks.Masked(plan), seed);
            double[] standard = DoubleRun.Of(Pruned.Randomly(network, seed).Apply().Network, seed);

            // Tensors are stored in single precision; what is left is their rounding. See the dyadic networks below.
            DoubleRun.Distance(masked, DoubleRun.Of(surgery.Network, seed)).Should().BeLessThan(1e-5, "seed {0}", seed);
            compared++;
            constants += plan.Constants.Count;
            betterThanStandard += DoubleRun.Distance(masked, standard) > 1e-3 ? 1 : 0;
        }

        compared.Should().BeGreaterThan(Cases * 2 / 3, "losses and borders that cannot be mended should be the exception");
        constants.Should().BeGreaterThan(Cases / 2);
        betterThanStandard.Should().BeGreaterThan(Cases / 5, "standard folding should be off at the border of many of them");
    }

    [Fact]
    public void Apply_ExactFoldingOfNumbersThatSinglePrecisionHolds_IsExactToDoublePrecision()
    {
        int compared = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = Dyadic(RandomNetworks.Make(seed, isPadded: true, preservesZero: false));
            PruningPlan plan = Pruned.Exactly(network, seed, withBlocks: false);
            SurgeryResult surgery = plan.Apply();
            if (!surgery.Losses.IsEmpty || !surgery.InexactAtBorder.IsEmpty || plan.Constants.IsEmpty || !DividesExactly(plan))
            {
                continue;
            }

            double[] masked = DoubleRun.Of(FullSizeNetworks.Masked(plan), seed);

            DoubleRun.Distance(masked, DoubleRun.Of(surgery.Network, seed)).Should().BeLessThan(1e-9, "seed {0}", seed);
            compared++;
        }

        compared.Should().BeGreaterThan(Cases / 4);
    }

    [Fact]
    public void Apply_ExactFolding_ComputesWhatTheFoldedNetworkOfFullSizeComputes()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Exactly(network, seed);

            double[] compact = DoubleRun.Of(plan.Apply().Network, seed);

            DoubleRun.Distance(DoubleRun.Of(FullSizeNetworks.Folded(plan), seed), compact).Should().BeLessThan(1e-10, "seed {0}", seed);
        }
    }

    [Fact]
    public void Plan_Exact_CountsConstantsWhereChannelsAreCounted()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);

            PruningPlan plan = Pruned.Exactly(network, seed, roundTo: 4);
            Network small = plan.Apply().Network;

            foreach (Node node in small.Nodes.Where(static node => node.Operation is Convolution { IsDepthwise: false } or Linear))
            {
                int channels = small.ShapeOf(node.Id).Channels;
                (channels % 4 == 0 || channels == network.ShapeOf(node.Id).Channels).Should().BeTrue("{0} of seed {1} has {2}", node, seed, channels);
                plan.LiveOf(node.Id).Should().Contain(true, "{0} of seed {1}", node, seed);
            }

            CostTotals counted = PlanCost.Of(plan);
            var made = NetworkCost.Of(small);
            (2 * made.Layers.Sum(static layer => layer.MultiplyAdds)).Should().Be(counted.Flops, "seed {0}", seed);
        }
    }

    [Fact]
    public void Plan_ExactWithoutPadding_NeedsNoConstant()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: false, preservesZero: false);

            Pruned.Exactly(network, seed).Constants.Should().BeEmpty("seed {0}", seed);
        }
    }

    [Fact]
    public void Apply_WithoutFolding_LosesWhatDroppedChannelsContributedAndNothingElse()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: true);
            PruningPlan plan = Pruned.Randomly(network, seed);
            var none = new PruningPlan(network, plan.RemovedBlocks, plan.Analysis, plan.Masks) { Folding = FoldingMode.None };

            SurgeryResult surgery = none.Apply();

            surgery.Losses.Should().BeEmpty();
            foreach (Node node in surgery.Network.Nodes.Where(static node => node.Operation is BatchNorm))
            {
                bool[] keep = plan.KeepOf(node.Id);
                float[] means = ((BatchNorm)network[node.Id].Operation).Mean.Floats.ToArray();
                ((BatchNorm)node.Operation).Mean.Floats.ToArray().Should().Equal(means.Where((_, channel) => keep[channel]), "{0} of seed {1}", node, seed);
            }
        }
    }

    /// <summary>Weights of few binary digits and activations that are lines: no sum of theirs is rounded.</summary>
    private static Network Dyadic(Network network) => network.With(
        network.Nodes.Select(node => node with
        {
            Operation = node.Operation switch
            {
                BatchNorm norm => norm with { Beta = Round(norm.Beta), Mean = Round(norm.Mean) },
                Convolution convolution => convolution with { Weight = Round(convolution.Weight), Bias = convolution.Bias is { } bias ? Round(bias) : null },
                Linear linear => new Linear(Round(linear.Weight), linear.Bias is { } bias ? Round(bias) : null),
                Activation { Kind: not (ActivationKind.Linear or ActivationKind.Relu or ActivationKind.Relu6) } => new Activation(ActivationKind.LeakyRelu) { Slope = 0.125 },
                _ => node.Operation,
            },
        }),
        network.Heads);

    private static Tensor Round(Tensor tensor) => tensor.WithFloats([.. tensor.Floats.ToArray().Select(static value => MathF.Round(value * 32) / 32)]);

    /// <summary>Sums of three constants and the like leave thirds in the columns that carry them.</summary>
    private static bool DividesExactly(PruningPlan plan)
    {
        var constants = ConstantFolding.OfConstantChannels(plan);
        return plan.Network.Nodes.All(node => constants.ConstantsOf(node.Id)?.Values.All(static value => value == 0 || double.IsPow2(value)) ?? true);
    }
}
