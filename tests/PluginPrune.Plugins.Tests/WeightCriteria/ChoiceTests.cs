using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionGroupNorm;
using PluginPrune.CriterionNorm;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.WeightCriteria;

/// <summary>What the criteria's options make of scores, through to the pruned network.</summary>
public sealed class ChoiceTests
{
    public static TheoryData<string, string> Couplings()
    {
        var data = new TheoryData<string, string>();
        foreach (string criterion in new[] { "l1", "l2", "fpgm", "random", "group-norm" })
        {
            foreach (string coupling in new[] { "skip", "first", "union", "intersection", "maximum", "mean", "l2" })
            {
                data.Add(criterion, coupling);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Couplings))]
    public void Make_EveryCoupling_PrunesANetworkWithShortcutsOfBothKinds(string criterion, string coupling)
    {
        Network network = Shortcuts(4);

        foreach (string range in new[] { "global", "per-layer" })
        {
            PlanResult result = Make(network, criterion, ("coupling", coupling), ("range", range), ("percent", "0.5"));

            SurgeryResult cut = NetworkSurgeon.Apply(result.Plan, CancellationToken.None);
            cut.Network.Nodes.Should().HaveSameCount(network.Nodes);
            ChannelGroup chain = result.Plan.Analysis.Groups.Single(static group => group.IsTiedByAddition);
            int kept = result.Plan.Masks.Kept(chain);
            if (coupling == "skip")
            {
                kept.Should().Be(chain.Size);
            }
            else if (coupling is "intersection" or "mean" or "maximum" || (coupling is "l2" && (range == "per-layer" || criterion == "group-norm")))
            {
                kept.Should().BeLessThan(chain.Size, range);
            }

            result.Plan.Analysis.Groups.Where(static group => !group.IsTiedByAddition && !group.IsLocked)
                .Sum(group => group.Size - result.Plan.Masks.Kept(group)).Should().BePositive();
        }
    }

    [Theory]
    [InlineData("l1")]
    [InlineData("l2")]
    [InlineData("fpgm")]
    [InlineData("random")]
    [InlineData("group-norm")]
    public void Make_PerLayer_TakesTheShareOfEachLayerAndKeepsItsFloor(string criterion)
    {
        var net = new NetworkBuilder(8);
        net.Head(net.Conv(net.ConvNormAct(net.ConvNormAct(net.ConvNormAct("input", 16), 10, 1), 37), 4, 1));
        Network network = net.Build();

        PlanResult result = Make(network, criterion, ("range", "per-layer"), ("percent", "0.3"));
        PlanResult floor = Make(network, criterion, ("range", "global"), ("percent", "1"), ("layer-keep", "0.2"));

        result.Plan.Analysis.Groups.SkipLast(1).Select(group => result.Plan.Masks.Kept(group)).Should().Equal(16 - 4, 10 - 3, 37 - 11);
        floor.Plan.Analysis.Groups.SkipLast(1).Select(group => floor.Plan.Masks.Kept(group)).Should().Equal(3, 2, 7);
    }

    [Fact]
    public void Make_Random_FollowsTheSeedAndNothingElse()
    {
        Network network = Shortcuts(1);

        string[] kept = [.. new[] { 1, 1, 2, -3 }.Select(seed => Masks(Make(network, "random", seed, ("coupling", "union"))))];

        kept[0].Should().Be(kept[1]);
        kept.Distinct(StringComparer.Ordinal).Should().HaveCount(3);
        Masks(Make(Shortcuts(2), "random", 1, ("coupling", "union"))).Should().Be(kept[0], "weights do not count");
    }

    [Fact]
    public void Make_Random_DrawsEvenly()
    {
        var net = new NetworkBuilder(3);
        net.Head(net.Conv(net.ConvNormAct("input", 40), 4, 1));
        Network network = net.Build();
        int[] counts = new int[40];
        for (int seed = 0; seed < 400; seed++)
        {
            PlanResult result = Make(network, "random", seed, ("percent", "0.25"));
            for (int channel = 0; channel < 40; channel++)
            {
                counts[channel] += result.Plan.Masks[result.Plan.Analysis.Groups[0]][channel] ? 0 : 1;
            }
        }

        // 100 expected, standard deviation 8.7: five of them.
        counts.Sum().Should().Be(400 * 10);
        counts.Should().OnlyContain(static count => count > 56 && count < 144);
    }

    [Theory]
    [InlineData("l1", float.NaN)]
    [InlineData("l2", float.PositiveInfinity)]
    [InlineData("fpgm", float.NaN)]
    [InlineData("fpgm", float.NegativeInfinity)]
    [InlineData("group-norm", float.NaN)]
    public void Make_WeightThatIsNoNumber_NamesTheLayer(string criterion, float odd)
    {
        var net = new NetworkBuilder(8);
        string first = net.ConvNormAct("input", 16);
        net.Head(net.Conv(net.ConvNormAct(first, 10), 4, 1));
        Network network = net.Build().WithWeight("n3", weight => weight.WithFloats([odd, .. weight.Floats[1..]]));

        Action act = () => Make(network, criterion);

        act.Should().Throw<PlanException>().WithMessage($"*n3*holds {odd.ToString(CultureInfo.InvariantCulture)}*");
    }

    [Theory]
    [InlineData("l1")]
    [InlineData("fpgm")]
    [InlineData("group-norm")]
    public void Make_Budget_IsMetByTheRate(string criterion)
    {
        Network network = Shortcuts(4);
        var request = new PlanRequest { Criterion = Criterion(criterion), Budget = new Budget { Flops = BudgetBound.Parse("60%") } };

        PlanResult result = new PlanMaker(Decisions.Services).Make(network, request, CancellationToken.None);

        result.Rate.Should().BeInRange(0.05, 0.95);
        long whole = PlanCost.Of(new PruningPlan(network, [], result.Plan.Analysis, ChannelMasks.All(result.Plan.Analysis.Groups))).Flops;
        ((double)PlanCost.Of(result.Plan).Flops / whole).Should().BeInRange(0.45, 0.6);
    }

    private static PlanResult Make(Network network, string criterion, params (string Name, string Value)[] options) => Make(network, criterion, 0, options);

    private static PlanResult Make(Network network, string criterion, int seed, params (string Name, string Value)[] options) =>
        new PlanMaker(Decisions.Services).Make(network, new PlanRequest { Criterion = Criterion(criterion, options), Seed = seed }, CancellationToken.None);

    private static IPruningCriterion Criterion(string name, params (string Name, string Value)[] options) => name == "group-norm"
        ? PluginFactory.Create<GroupNormPlugin, IPruningCriterion>(name, options)
        : PluginFactory.Create<NormPlugin, IPruningCriterion>(name, options);

    private static string Masks(PlanResult result) =>
        string.Join(' ', result.Plan.Analysis.Groups.Select(group => string.Concat(result.Plan.Masks[group].Select(static keep => keep ? '1' : '0'))));

    /// <summary>Two stages of residual blocks, the second twice as wide behind a shortcut that pads.</summary>
    private static Network Shortcuts(int seed)
    {
        var net = new NetworkBuilder(seed, 3, 16, 16);
        string value = net.ConvNormAct("input", 8);
        value = net.Act(net.Add(new Add(), net.Norm(net.Conv(net.ConvNormAct(value, 8), 8)), value));
        string padded = net.Add(new ChannelPadding(4, 4), net.Add(new MaxPool(Extent.Square(1), Extent.Square(2), default), value));
        value = net.Act(net.Add(new Add(), net.Norm(net.Conv(net.ConvNormAct(value, 16, stride: 2), 16)), padded));
        value = net.Act(net.Add(new Add(), net.Norm(net.Conv(net.ConvNormAct(value, 16), 16)), value));
        net.Head(net.Linear(net.Add(new Flatten(), net.Add(new GlobalAveragePool(), value)), 5));
        return net.Build();
    }
}
