using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionGroupNorm;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.WeightCriteria;

public sealed class GroupNormTests
{
    private static readonly (string, string) Raw = ("normalize", "none");

    /// <summary>The reference knows nothing of slices: it cuts one element out and looks at what the network lost.</summary>
    [Theory]
    [InlineData("chain")]
    [InlineData("residual")]
    [InlineData("padded shortcut")]
    [InlineData("depthwise")]
    [InlineData("concat")]
    [InlineData("linear")]
    [InlineData("no batch norm")]
    [InlineData("squeeze")]
    public void Decide_SquaredScores_AreWhatSurgeryTakesAway(string kind)
    {
        Network network = Sketch(kind);
        var analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        double whole = EnergyOf(network);
        ChannelDecision decision = Decisions.ContextOf(network).Decide<GroupNormPlugin>("group-norm", Raw);

        foreach (ChannelGroup group in analysis.Groups.Where(static group => !group.IsLocked))
        {
            double[] energies = EnergiesOf(decision, group);
            for (int element = 0; element < group.Size; element++)
            {
                ChannelMasks masks = new(analysis.Groups.Select(other =>
                    Enumerable.Range(0, other.Size).Select(one => other.Index != group.Index || one != element).ToImmutableArray()));
                Network without = NetworkSurgeon.Apply(new PruningPlan(network, [], analysis, masks), CancellationToken.None).Network;

                energies[element].Should().BeApproximately(whole - EnergyOf(without), 1e-5, $"element {element} of {group.Name}");
            }
        }
    }

    [Fact]
    public void Decide_GroupedConvolutions_CountsTheSlicesThatReadAChannel()
    {
        var net = new NetworkBuilder(7);
        string first = net.Conv("input", 8);
        string grouped = net.Conv(net.Norm(first), 12, 3, groups: 4);
        net.Head(net.Conv(grouped, 3, 1));
        Network network = net.Build();

        double[] scores = Decisions.ContextOf(network).Decide<GroupNormPlugin>("group-norm", Raw).Of(first);

        double[][] filters = WeightOf.Filters(network, first);
        double[][] readers = WeightOf.Filters(network, grouped);
        float[] gamma = ((BatchNorm)network["n1"].Operation).Gamma.Floats.ToArray();
        for (int channel = 0; channel < 8; channel++)
        {
            // Filters 3g to 3g + 2 read the channels 2g and 2g + 1, nine weights of each.
            double read = readers.Skip(3 * (channel / 2)).Take(3).Sum(filter => filter.Skip(9 * (channel % 2)).Take(9).Sum(static weight => weight * weight));
            double expected = filters[channel].Sum(static weight => weight * weight) + ((double)gamma[channel] * gamma[channel]) + read;
            (scores[channel] * scores[channel]).Should().BeApproximately(expected, 1e-9 * expected);
        }
    }

    [Fact]
    public void Decide_Normalized_HasTheSquaredMeanOneInEachGroupWhateverTheScale()
    {
        Network network = Sketch("residual");
        Network scaled = network.With(network.Nodes.Select(static node => node.Operation is Convolution convolution
            ? node with { Operation = convolution with { Weight = WeightOf.Scaled(convolution.Weight, 8) } }
            : node.Operation is BatchNorm norm ? node with { Operation = norm with { Gamma = WeightOf.Scaled(norm.Gamma, 8) } } : node), network.Heads);

        ChannelDecision decision = Decisions.ContextOf(network).Decide<GroupNormPlugin>("group-norm");
        ChannelDecision ofScaled = Decisions.ContextOf(scaled).Decide<GroupNormPlugin>("group-norm");

        foreach (ChannelGroup group in decision.Scores.Select(static scores => scores.Group).Distinct())
        {
            EnergiesOf(decision, group).Average().Should().BeApproximately(1, 1e-12);
        }

        ofScaled.Scores.SelectMany(static scores => scores.Values).Should().Equal(decision.Scores.SelectMany(static scores => scores.Values));
    }

    [Fact]
    public void Decide_ChannelsInAnotherOrder_ScoresThemInThatOrder()
    {
        var net = new NetworkBuilder(11);
        string first = net.Conv("input", 20);
        string second = net.Conv(net.Norm(first), 6);
        net.Head(net.Conv(second, 3, 1));
        Network network = net.Build();
        int[] order = [.. Enumerable.Range(0, 20)];
        new Random(2).Shuffle(order);
        Network reordered = network.WithWeight(first, weight => WeightOf.Reordered(weight, order))
            .WithWeight(second, weight => weight.WithFloats([.. weight.Floats.ToArray().Chunk(9).Chunk(20).SelectMany(filter => order.SelectMany(channel => filter[channel]))]));
        var norm = (BatchNorm)network["n1"].Operation;
        reordered = reordered.With(
            reordered.Nodes.Select(node => node.Id == "n1" ? node with { Operation = norm with { Gamma = WeightOf.Reordered(norm.Gamma, order) } } : node), network.Heads);

        double[] before = Decisions.ContextOf(network).Decide<GroupNormPlugin>("group-norm").Of(first);
        double[] after = Decisions.ContextOf(reordered).Decide<GroupNormPlugin>("group-norm").Of(first);

        for (int i = 0; i < order.Length; i++)
        {
            after[i].Should().BeApproximately(before[order[i]], 1e-12);
        }
    }

    /// <summary>The squared norm of each element: what the coupling L2 makes of its layers' scores.</summary>
    private static double[] EnergiesOf(ChannelDecision decision, ChannelGroup group)
    {
        double[] energies = new double[group.Size];
        foreach (MemberScores scores in decision.Scores.Where(scores => scores.Group.Index == group.Index))
        {
            for (int i = 0; i < scores.Values.Length; i++)
            {
                energies[scores.Member.Elements[i]] += scores.Values[i] * scores.Values[i];
            }
        }

        return energies;
    }

    /// <summary>The sum of the squares of all weights of convolutions and linear layers, and of all scales.</summary>
    private static double EnergyOf(Network network) => network.Nodes
        .SelectMany(static node => node.Operation.Tensors)
        .Where(static tensor => tensor.Role is "weight" or "gamma")
        .Sum(static tensor => tensor.Tensor.Floats.ToArray().Sum(static value => (double)value * value));

    private static Network Sketch(string kind)
    {
        var net = new NetworkBuilder(6, 3, 8, 8);
        string stem = net.ConvNormAct("input", 6);
        string last = kind switch
        {
            "residual" => net.Add(new Add(), net.Add(new Add(), stem, net.ConvNormAct(net.ConvNormAct(stem, 4, 1), 6)), net.Norm(net.Conv(net.ConvNormAct(stem, 5, 1), 6))),
            "padded shortcut" => net.Add(new Add(), net.Add(new ChannelPadding(2, 3), stem), net.Norm(net.Conv(net.ConvNormAct(stem, 5), 11))),
            "depthwise" => net.ConvNormAct(net.ConvNormAct(stem, 12, 3, groups: 6), 4, 1),
            "concat" => net.Norm(net.Add(new Concat(), stem, net.Conv(stem, 5), stem)),
            "linear" => net.Linear(net.Linear(net.Add(new Flatten(), net.Add(new MaxPool(Extent.Square(4), Extent.Square(4), default), stem)), 9), 7),
            "no batch norm" => net.Act(net.Conv(net.Act(net.Conv(stem, 7, 3, bias: true)), 4)),
            "squeeze" => net.Add(new Multiply(), stem, net.Act(net.Conv(net.Act(net.Conv(net.Add(new GlobalAveragePool(), stem), 3, 1, bias: true)), 6, 1, bias: true), ActivationKind.Sigmoid)),
            _ => net.ConvNormAct(net.ConvNormAct(stem, 9), 5),
        };
        net.Head(kind == "linear" ? net.Linear(last, 2) : net.Conv(last, 3, 1));
        return net.Build();
    }
}
