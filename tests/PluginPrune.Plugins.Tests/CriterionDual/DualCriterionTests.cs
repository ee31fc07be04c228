using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionDual;

public sealed class DualCriterionTests
{
    public static TheoryData<Coupling, string> Ways
    {
        get
        {
            var ways = new TheoryData<Coupling, string>();
            foreach (Coupling coupling in Enum.GetValues<Coupling>())
            {
                foreach (string combine in new[] { "union", "intersection", "rank" })
                {
                    ways.Add(coupling, combine);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Decide_RandomNetworks_DropsWhatTheReferenceStrikesOut(Coupling coupling, string combine)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            PruningContext context = Duals.ContextOf(RandomNetworks.Make(seed, isPadded: true, preservesZero: true), Duals.Services(("l1", "normalize", "none")));
            var reference = new ReferenceDual(coupling, (ReferenceDual.Gammas, 0.6), (ReferenceDual.Sums, 0.4));

            ChannelDecision decision = Duals.Decide(context, ("rates", "60U40"), ("second", "l1"), ("coupling", NameOf(coupling)), ("combine", combine));

            foreach (ChannelGroup group in context.Groups)
            {
                HashSet<int> expected = combine switch
                {
                    "union" => reference.Union(group),
                    "intersection" => reference.Intersection(group),
                    _ => reference.Rank(group),
                };
                Duals.Dropped(decision, group).Should().BeEquivalentTo(expected, "group {0} of network {1}", group.Name, seed);
            }
        }
    }

    [Theory]
    [InlineData("union")]
    [InlineData("intersection")]
    [InlineData("rank")]
    public void At_ALargerRate_DropsAllThatASmallerOneDrops(string combine)
    {
        for (int seed = 20; seed < 26; seed++)
        {
            foreach (string second in new[] { "l1", "subspace" })
            {
                PruningContext context = Duals.ContextOf(RandomNetworks.Make(seed, isPadded: true, preservesZero: true));
                ChannelDecision decision = Duals.Decide(context, ("rates", "60U40"), ("second", second), ("combine", combine), ("coupling", "union"));
                ChannelMasks before = decision.At(0).Masks!;
                context.Groups.Should().OnlyContain(group => before[group].All(keep => keep));
                for (double rate = 0.02; rate <= 1.001; rate += 0.02)
                {
                    ChannelMasks masks = decision.At(Math.Min(rate, 1)).Masks!;

                    context.Groups.Should().OnlyContain(group => Enumerable.Range(0, group.Size).All(element => before[group][element] || !masks[group][element]));
                    before = masks;
                }
            }
        }
    }

    [Theory]
    [InlineData("60U40")]
    [InlineData("40U60")]
    [InlineData("70U10")]
    public void Make_ABudget_ScalesBothRatesTogether(string rates)
    {
        Network network = RandomNetworks.Make(31, isPadded: true, preservesZero: true);
        var request = new PlanRequest
        {
            Criterion = Duals.Create(("rates", rates), ("coupling", "union")),
            Budget = new Budget { Flops = BudgetBound.Parse("70%") },
        };

        PlanResult result = new PlanMaker(Duals.Services()).Make(network, request, CancellationToken.None);

        double whole = 1e9 * NetworkCost.Of(network).Gflops;
        PlanCost.Of(result.Plan).Flops.Should().BeLessThanOrEqualTo((long)(0.7 * whole)).And.BeGreaterThan((long)(0.55 * whole));
        double[] found = Halves(result.Decision!.Rate!.Text);
        double[] asked = Halves(rates);
        (found[0] / found[1]).Should().BeApproximately(asked[0] / asked[1], 1e-4);
    }

    [Fact]
    public void Decide_AsPublished_LeavesAloneWhatFeedsAnAddition()
    {
        PruningContext context = Duals.ContextOf(PaperBlock.Make());

        ChannelDecision decision = Duals.Decide(context);

        context.Groups.Where(static group => group.IsTiedByAddition).Should().NotBeEmpty().And.OnlyContain(group => Duals.Dropped(decision, group).Length == 0);
        context.Groups.Should().Contain(group => Duals.Dropped(decision, group).Length > 0);
    }

    [Fact]
    public void Decide_ACriterionThatChoosesByItself_LeavesAloneWhatFeedsAnAdditionToo()
    {
        PruningContext context = Duals.ContextOf(PaperBlock.Make(), Duals.ServicesWith(new Halving()));

        ChannelDecision skip = Duals.Decide(context, ("first", "own"));
        ChannelDecision union = Duals.Decide(context, ("first", "own"), ("coupling", "union"));

        ChannelGroup tied = context.Groups.Single(static group => group.IsTiedByAddition);
        Duals.Dropped(skip, tied).Should().BeEmpty();
        Duals.NotesOf(skip, PaperBlock.Wide).Should().ContainSingle().Which.Should().StartWith("left alone: its output is added");
        Duals.Dropped(union, tied).Should().NotBeEmpty();
        Duals.NotesOf(union, PaperBlock.Wide).Should().Contain(static text => text.StartsWith("own, 60 %: drops 153 of 256 channels (103-255)", StringComparison.Ordinal));
        Duals.NotesOf(skip, PaperBlock.Narrow).Should().Contain(static text => text.StartsWith("own, 60 %: drops 76 of 128 channels (52-127)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.3")]
    [InlineData("0.8")]
    public void Decide_ARateSetElsewhere_IsRefusedThoughItIsTheUsualOne(string rate)
    {
        PruningContext context = Duals.ContextOf(PaperBlock.Make(), Duals.Services(("slim", "global-percent", rate)));

        Action decide = () => Duals.Decide(context);

        decide.Should().Throw<OptionException>().WithMessage("--set gives slim.global-percent, which dual gives it too.");
    }

    [Fact]
    public void Create_TheSameTwice_IsRefused()
    {
        Action create = () => Duals.Create(("first", "slim"), ("second", "slim"));

        create.Should().Throw<OptionException>().WithMessage("--first and --second are both 'slim'*");
    }

    [Fact]
    public void Decide_GlobalRange_ComparesLayers()
    {
        PruningContext context = Duals.ContextOf(RandomNetworks.Make(8, isPadded: true, preservesZero: true));
        (string, string)[] alone = [("rates", "50U0"), ("second", "uniform"), ("coupling", "union")];

        ChannelDecision layers = Duals.Decide(context, alone);
        ChannelDecision global = Duals.Decide(context, [.. alone, ("range", "global")]);

        ChannelMasks slim = context.Services.Select(context, context.Services.FindCriterion("slim", Slim("global")).Decide(context, CancellationToken.None));
        ChannelMasks perLayer = context.Services.Select(context, context.Services.FindCriterion("slim", Slim("per-layer")).Decide(context, CancellationToken.None));
        context.Groups.Should().OnlyContain(group => global.Masks![group].SequenceEqual(slim[group]) && layers.Masks![group].SequenceEqual(perLayer[group]));
        context.Groups.Should().Contain(group => !global.Masks![group].SequenceEqual(layers.Masks![group]));

        static Dictionary<string, string> Slim(string range) => new(StringComparer.Ordinal) { ["global-percent"] = "0.5", ["coupling"] = "union", ["range"] = range };
    }

    private static double[] Halves(string rates) => [.. rates.Split('U').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];

    private static string NameOf(Coupling coupling) => coupling.ToString().ToLowerInvariant();

    /// <summary>Drops the last channels of every group, tied or not, and has no scores.</summary>
    private sealed class Halving : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) => ChannelDecision.FromRate(
            new SelectionRate(0.5, null),
            rate => ChannelDecision.FromMasks(
                new ChannelMasks(context.Groups.Select(group => Enumerable.Range(0, group.Size).Select(element => element < group.Size - (int)(rate * group.Size)).ToImmutableArray())), []));
    }
}
