using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Surgery;

/// <summary>What must hold for any legal network from all core operations and any plan.</summary>
public sealed class RandomNetworkProperties
{
    private const int Cases = 150;

    [Fact]
    public void Apply_AnyPlan_KeepsOutputsInShapeAndDropsWhatWasPlanned()
    {
        int dropped = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Randomly(network, seed);

            Network small = plan.Apply().Network;

            foreach ((Head before, Head after) in network.Heads.Zip(small.Heads))
            {
                small.ShapeOf(after.Input).Should().Be(network.ShapeOf(before.Input), "seed {0}", seed);
            }

            foreach (Node node in small.Nodes)
            {
                small.ShapeOf(node.Id).Channels.Should().Be(plan.KeepOf(node.Id).Count(static keep => keep), "{0} of seed {1}", node, seed);
            }

            dropped += plan.Masks.Count > 0 ? plan.Analysis.Groups.Sum(group => group.Size - plan.Masks.Kept(group)) : 0;
        }

        dropped.Should().BeGreaterThan(Cases * 10, "the plans should really drop something");
    }

    [Fact]
    public void Apply_PlanThatKeepsAll_IsTheIdentity()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);

            Network same = Pruned.Randomly(network, seed, share: 0, withBlocks: false).Apply().Network;

            same.Nodes.Select(static node => node.Operation).Should().Equal(network.Nodes.Select(static node => node.Operation), "seed {0}", seed);
        }
    }

    [Fact]
    public void Apply_AnyPlan_ComputesWhatTheFoldedNetworkOfFullSizeComputes()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Randomly(network, seed);

            double[] compact = DoubleRun.Of(plan.Apply().Network, seed);
            double[] folded = DoubleRun.Of(FullSizeNetworks.Folded(plan), seed);

            DoubleRun.Distance(folded, compact).Should().BeLessThan(1e-10, "seed {0}", seed);
        }
    }

    [Fact]
    public void Apply_WithoutZeroPadding_ComputesWhatTheMaskedNetworkComputes()
    {
        int compared = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: false, preservesZero: false);
            PruningPlan plan = Pruned.Randomly(network, seed);
            SurgeryResult surgery = plan.Apply();
            if (!surgery.Losses.IsEmpty)
            {
                continue;
            }

            double[] masked = DoubleRun.Of(FullSizeNetworks.Masked(plan), seed);
            double[] compact = DoubleRun.Of(surgery.Network, seed);

            // Means and biases are rounded to single precision once more: hence not 1e-10.
            DoubleRun.Distance(masked, compact).Should().BeLessThan(2e-4, "seed {0}", seed);
            compared++;
        }

        compared.Should().BeGreaterThan(Cases / 2, "losses should be the exception");
    }

    [Fact]
    public void Apply_DroppedChannelsThatAreZero_ChangeNothing()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: true);
            PruningPlan wanted = Pruned.Randomly(network, seed, withBlocks: false);
            Network zeroed = Zero(network, wanted);
            PruningPlan plan = Pruned.Randomly(zeroed, seed, withBlocks: false);

            double[] compact = DoubleRun.Of(plan.Apply().Network, seed);

            DoubleRun.Distance(DoubleRun.Of(zeroed, seed), compact).Should().BeLessThan(1e-10, "seed {0}", seed);
        }
    }

    [Fact]
    public void Apply_RoundedPlan_LeavesMultiplesOrEverything()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);

            Network small = Pruned.Randomly(network, seed, roundTo: 4).Apply().Network;

            foreach (Node node in small.Nodes.Where(static node => node.Operation is Convolution { IsDepthwise: false } or Linear))
            {
                int channels = small.ShapeOf(node.Id).Channels;
                (channels % 4 == 0 || channels == network.ShapeOf(node.Id).Channels).Should().BeTrue("{0} of seed {1} has {2}", node, seed, channels);
            }
        }
    }

    [Fact]
    public void Apply_HalfPrecision_KeepsTheStoredType()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Network network = Halve(RandomNetworks.Make(seed, isPadded: true, preservesZero: false));

            Network small = Pruned.Randomly(network, seed).Apply().Network;

            small.Nodes.SelectMany(node => node.Operation.Tensors).Should().OnlyContain(tensor => tensor.Tensor.Type == ElementType.F16, "seed {0}", seed);
        }
    }

    private static Network Halve(Network network) => network.With(
        network.Nodes.Select(node => node with
        {
            Operation = node.Operation switch
            {
                BatchNorm norm => norm with { Gamma = Halve(norm.Gamma), Beta = Halve(norm.Beta), Mean = Halve(norm.Mean), Variance = Halve(norm.Variance) },
                Convolution convolution => convolution with { Weight = Halve(convolution.Weight), Bias = convolution.Bias is { } bias ? Halve(bias) : null },
                Linear linear => new Linear(Halve(linear.Weight), linear.Bias is { } bias ? Halve(bias) : null),
                _ => node.Operation,
            },
        }),
        network.Heads);

    private static Tensor Halve(Tensor tensor) =>
        Tensor.FromHalfs(tensor.Shape, Array.ConvertAll(tensor.Floats.ToArray(), static value => (Half)value));

    /// <summary>Gamma and beta, or weights and bias where there is no batch norm, of every dropped channel are 0.</summary>
    private static Network Zero(Network network, PruningPlan plan) => network.With(
        network.Nodes.Select(node => node with
        {
            Operation = node.Operation switch
            {
                BatchNorm norm => norm with { Gamma = Clear(norm.Gamma, plan.KeepOf(node.Id)), Beta = Clear(norm.Beta, plan.KeepOf(node.Id)) },
                Convolution convolution => convolution with
                {
                    Weight = Clear(convolution.Weight, plan.KeepOf(node.Id)),
                    Bias = convolution.Bias is { } bias ? Clear(bias, plan.KeepOf(node.Id)) : null,
                },
                Linear linear => new Linear(
                    Clear(linear.Weight, plan.KeepOf(node.Id)), linear.Bias is { } bias ? Clear(bias, plan.KeepOf(node.Id)) : null),
                _ => node.Operation,
            },
        }),
        network.Heads);

    private static Tensor Clear(Tensor tensor, bool[] keep)
    {
        float[] values = tensor.Floats.ToArray();
        int length = values.Length / keep.Length;
        for (int row = 0; row < keep.Length; row++)
        {
            if (!keep[row])
            {
                values.AsSpan(row * length, length).Clear();
            }
        }

        return tensor.WithFloats(values);
    }
}
