using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Sensitivity;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Sensitivity;

public sealed class GroupSelectionTests
{
    private static readonly PruningServices Services = new(static (_, _) => throw new NotSupportedException());

    [Theory]
    [InlineData(SelectionRange.Global)]
    [InlineData(SelectionRange.PerLayer)]
    public void Of_a_layer_of_its_own_exactly_its_share_goes_the_lowest_first(SelectionRange range)
    {
        var net = new NetworkBuilder(1);
        net.Head(net.Conv(net.ConvNormAct(net.ConvNormAct("input", 37), 20), 5, size: 1, bias: true));
        PruningContext context = ContextOf(net.Build());
        ChannelDecision decision = Scored(context, new Random(3), range, Coupling.Union, ties: true);
        var selection = new GroupSelection(context, decision);

        foreach (ChannelGroup group in context.Groups.Where(static group => !group.IsLocked))
        {
            for (int percent = 0; percent <= 97; percent++)
            {
                // The obvious way: of equal scores the later channel goes first.
                double[] scores = decision.Scores.Single(score => score.Group == group).Values;
                int[] order = [.. Enumerable.Range(0, group.Size).OrderBy(i => scores[i]).ThenByDescending(static i => i)];
                HashSet<int> gone = [.. order.Take(percent * group.Size / 100)];

                selection.MaskAt(group, percent / 100.0).Should().Equal(Enumerable.Range(0, group.Size).Select(i => !gone.Contains(i)), "{0} % of {1}", percent, group.Name);
            }

            selection.MaskAt(group, 1).Count(static keep => keep).Should().Be(1, "one channel stays in any case");
        }
    }

    [Theory]
    [InlineData(Coupling.Union)]
    [InlineData(Coupling.Intersection)]
    [InlineData(Coupling.Mean)]
    [InlineData(Coupling.Maximum)]
    public void Of_tied_layers_never_more_than_the_share_goes_and_what_went_stays_gone(Coupling coupling)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            PruningContext context = ContextOf(Residual(seed));
            ChannelGroup tied = context.Groups.Single(static group => group.IsTiedByAddition);
            ChannelDecision decision = Scored(context, new Random(seed), SelectionRange.Global, coupling, ties: false);
            var selection = new GroupSelection(context, decision);
            ImmutableArray<bool> before = selection.MaskAt(tied, 0);
            before.Should().NotContain(false);

            for (int tenth = 1; tenth <= 10; tenth++)
            {
                ImmutableArray<bool> now = selection.MaskAt(tied, tenth / 10.0);

                now.Count(static keep => !keep).Should().BeLessThanOrEqualTo(tenth * tied.Size / 10);
                now.Where((keep, i) => keep && !before[i]).Should().BeEmpty("what goes at a small share goes at a large one");
                before = now;
            }

            before.Count(static keep => keep).Should().BeLessThan(tied.Size / 2, "at rate 1 all goes that floors let go");
        }
    }

    [Fact]
    public void A_criterion_that_chooses_by_itself_is_asked_at_other_rates()
    {
        PruningContext context = ContextOf(Residual(1));
        var rates = new List<double>();
        ChannelDecision decision = ChannelDecision.FromRate(new SelectionRate(0.3, null), rate =>
        {
            rates.Add(rate);
            return ChannelDecision.FromMasks(
                new ChannelMasks(context.Groups.Select(group => ImmutableArray.CreateRange(Enumerable.Range(0, group.Size).Select(i => group.LockOf(i) is not null || i < group.Size * (1 - (rate * rate)))))), []);
        });
        var selection = new GroupSelection(context, decision);

        foreach (ChannelGroup group in context.Groups.Where(static group => !group.IsLocked))
        {
            for (int tenth = 1; tenth < 10; tenth++)
            {
                selection.MaskAt(group, tenth / 10.0).Count(static keep => !keep).Should().Be(tenth * group.Size / 10, "its rates mean something else, shares do not");
            }
        }

        rates.Should().OnlyHaveUniqueItems("such masks are made for the whole network each time");
    }

    [Fact]
    public void A_choice_without_a_rate_is_refused()
    {
        PruningContext context = ContextOf(Residual(1));

        Action making = () => _ = new GroupSelection(context, ChannelDecision.FromMasks(ChannelMasks.All(context.Groups), []));

        making.Should().Throw<PlanException>().WithMessage("The criterion makes one choice of its own*");
    }

    [Fact]
    public void Why_a_group_stays_whole_is_told()
    {
        PruningContext context = ContextOf(Residual(1));
        ChannelDecision decision = Scored(context, new Random(1), SelectionRange.Global, Coupling.Skip, ties: false);
        var selection = new GroupSelection(context, decision);

        selection.WhyWhole(context.Groups.Single(static group => group.IsTiedByAddition)).Should().Be("the criterion leaves it alone at every rate");
        selection.WhyWhole(context.Groups.Single(static group => group.IsLocked)).Should().StartWith("locked: ");
        context.Groups.Where(static group => !group.IsLocked && !group.IsTiedByAddition).Should().NotBeEmpty().And.OnlyContain(group => selection.WhyWhole(group) == null);
    }

    internal static Network Residual(int seed)
    {
        var net = new NetworkBuilder(seed);
        string stem = net.ConvNormAct("input", 20);
        string inside = net.ConvNormAct(stem, 30);
        string sum = net.Add(new Add(), stem, net.ConvNormAct(inside, 20));
        net.Head(net.Conv(net.Add(new Add(), sum, net.ConvNormAct(net.ConvNormAct(sum, 10, size: 1), 20)), 5, size: 1, bias: true));
        return net.Build();
    }

    internal static PruningContext ContextOf(Network network) => new(network, NetworkAnalysis.Of(network, PruningScope.Full).Groups, Services);

    internal static ChannelDecision Scored(PruningContext context, Random random, SelectionRange range, Coupling coupling, bool ties) => ChannelDecision.FromScores(
        [
            .. context.Groups.SelectMany(static group => group.Members, (group, member) =>
                new MemberScores(group, member, [.. member.Channels.Select(_ => ties ? random.Next(6) : random.NextDouble())])),
        ],
        new SelectionRule { Rate = 0.5, Range = range, Coupling = coupling });
}
