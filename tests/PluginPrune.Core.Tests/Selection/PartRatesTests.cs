using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Selection;

/// <summary>Parts of a network at rates of their own.</summary>
public sealed class PartRatesTests
{
    [Fact]
    public void Without_a_word_of_the_file_the_head_begins_where_not_every_head_needs_a_layer()
    {
        var parts = new NetworkParts(TwoHeads());

        parts.Describe().Should().Be("backbone: layers n0 to n2, head: layers n3 to n8, which not every head needs");
        parts.Holds("backbone", "n2").Should().BeTrue();
        parts.Holds("head", "n3").Should().BeTrue();
    }

    [Fact]
    public void What_the_file_says_counts()
    {
        Network network = TwoHeads();
        Network told = network.With(network.Nodes.Select(static (node, i) => node with { Origin = new NodeOrigin($"{i}.conv", "Conv", null) { Part = i < 5 ? "backbone" : "neck" } }), network.Heads);

        var parts = new NetworkParts(told);

        parts.Describe().Should().Be("backbone: layers 0 to 4, neck: layers 5 to 8, as the file tells");
        parts.Holds("neck", "7.conv").Should().BeTrue();
        parts.Holds("2-5", "5.conv").Should().BeTrue();
        parts.Holds("2-5", "6.conv").Should().BeFalse();
        parts.Holds("6", "6.conv").Should().BeTrue();
    }

    [Theory]
    [InlineData("*.cv1", "4.m.0.cv1", true)]
    [InlineData("*.cv1", "4.m.0.cv1.bn", true)]
    [InlineData("?.m", "4.m.0.cv1", true)]
    [InlineData("layer*.0", "layer1.0.conv2", true)]
    [InlineData("layer*.0", "layer1.1.conv2", false)]
    [InlineData("*.CV1", "4.m.0.cv1", false)]
    [InlineData("/model.4", "/model.4/cv1/conv/Conv", true)]
    [InlineData("/model.4/cv*", "/model.4/cv1/conv/Conv", true)]
    [InlineData("/model.4", "/model.40/conv/Conv", false)]
    [InlineData("2-5", "4.m.0.cv1", true)]
    [InlineData("5-2", "4.m.0.cv1", false)]
    public void A_layer_is_in_what_names_it_or_something_that_it_is_in(string part, string layer, bool isIn)
    {
        var parts = new NetworkParts(TwoHeads());

        parts.Holds(part, layer).Should().Be(isIn);
    }

    [Fact]
    public void Where_a_head_has_gone_parts_are_those_of_the_whole_network()
    {
        Network whole = TwoHeads();
        Network left = whole.With(whole.Nodes.Take(6), [whole.Heads[0]]);

        new NetworkParts(left).Names.Should().BeEmpty();
        new NetworkParts(new NetworkParts(whole).Keep(left)).Describe().Should().Be("backbone: layers n0 to n2, head: layers n3 to n5, which not every head needs");
    }

    [Fact]
    public void Each_part_goes_at_its_own_rate()
    {
        PlanResult result = Plan("backbone=0.5,head=0.25");

        Kept(result).Should().Equal(("n0", 8), ("n3", 12), ("n6", 9));
        result.Parts.Should().StartWith("backbone: layers n0 to n2");
    }

    [Fact]
    public void A_part_may_be_a_pattern() => Kept(Plan("*3=0.5")).Should().Equal(("n0", 16), ("n3", 8), ("n6", 12));

    [Fact]
    public void What_no_part_holds_stays_whole() => Kept(Plan("n3=0.5")).Should().Equal(("n0", 16), ("n3", 8), ("n6", 12));

    [Fact]
    public void A_budget_scales_all_rates_together()
    {
        PlanResult result = Plan("backbone=0.5,head=0.25", new Budget { Parameters = BudgetBound.Parse("40%") });

        PartRates rates = PartRates.Parse(result.Decision!.Rate!.Text, out _)!;
        rates.All[0].Rate.Should().BeApproximately(2 * rates.All[1].Rate, 2e-4);
        rates.All[0].Rate.Should().BeInRange(0.3, 0.7);
        result.Decision.Rate.Option.Should().Be("rate");
    }

    [Theory]
    [InlineData("neck=0.5", "'test' has no part 'neck'. It has 'backbone' and 'head' (*); layers, ranges of them such as 0-9, and patterns such as *.cv1 are parts too.")]
    [InlineData("bakcbone=0.5", "'test' has no part 'bakcbone'. Did you mean 'backbone'? It has *")]
    [InlineData("n0=0.5,n1=0.2", "Of 'n1' nothing can go, and it has the rate 0.2: none of its layers makes channels. Name other layers, or leave it out.")]
    [InlineData("n5=0.5", "Of 'n5' nothing can go, and it has the rate 0.5: head * reads it. *")]
    [InlineData("backbone=0.5,n0=0.1", "Layer n0 is in backbone and in n0, which have rates of their own. Name each layer once.")]
    public void Parts_that_cannot_be_are_told(string text, string message)
    {
        Action plan = () => Plan(text);

        plan.Should().Throw<PlanException>().WithMessage(message);
    }

    [Fact]
    public void A_rate_of_a_layer_that_goes_as_another_does_is_told()
    {
        var b = new NetworkBuilder(3);
        string stem = b.Conv("input", 16);
        b.Head(b.Conv(b.Add(new Add(), stem, b.Conv(b.Act(stem), 16)), 4, 1, bias: true));

        Action plan = () => Plan("n2=0.5", network: b.Build());

        plan.Should().Throw<PlanException>().WithMessage("Of 'n2' nothing can go, and it has the rate 0.5: its layers are tied to layer n0 and go as that goes. *");
    }

    [Fact]
    public void A_rate_of_0_is_no_mistake() => Kept(Plan("n0=0.5,n1=0")).Should().Equal(("n0", 8), ("n3", 16), ("n6", 12));

    [Fact]
    public void The_criterions_own_rate_beside_them_is_refused()
    {
        Action plan = () => new PlanMaker(new PruningServices(static (_, _) => throw new NotSupportedException())).Make(
            TwoHeads(), new PlanRequest { Criterion = new ByPlace(), PartRates = PartRates.Parse("head=0.5", out _), ChosenOptions = new HashSet<string>(StringComparer.Ordinal) { "percent" } }, CancellationToken.None);

        plan.Should().Throw<PlanException>().WithMessage("--rate says how much goes of each part, and --percent of all together. Leave one of them.");
    }

    [Theory]
    [InlineData("backbone", "'backbone' is no part with a rate; *")]
    [InlineData("backbone=1.5", "the rate of backbone is '1.5'; a number from 0 to 1 is wanted.")]
    [InlineData("a=0.5,a=0.4", "a stands twice.")]
    [InlineData("a=0", "all rates are 0: nothing would go.")]
    [InlineData("=0.4", "'=0.4' is no part with a rate; *")]
    public void Texts_that_are_no_rates(string text, string message)
    {
        PartRates.Parse(text, out string fault).Should().BeNull();
        fault.Should().Match(message);
    }

    private static (string Layer, int Kept)[] Kept(PlanResult result) =>
        [.. result.Plan.Analysis.Groups.Where(static group => !group.IsLocked).Select(group => (group.Name, result.Plan.Masks.Kept(group)))];

    private static PlanResult Plan(string rates, Budget? budget = null, Network? network = null) => new PlanMaker(new PruningServices(static (_, _) => throw new NotSupportedException())).Make(
        network ?? TwoHeads(), new PlanRequest { Criterion = new ByPlace(), PartRates = PartRates.Parse(rates, out _), Budget = budget }, CancellationToken.None);

    /// <summary>A backbone of one layer (n0 to n2), and two heads, of which the second goes through another layer.</summary>
    private static Network TwoHeads()
    {
        var b = new NetworkBuilder(3);
        string stem = b.ConvNormAct("input", 16);
        string first = b.Act(b.Conv(stem, 16));
        b.Head(b.Conv(first, 4, 1, bias: true));
        string second = b.Act(b.Conv(stem, 12));
        b.Head(b.Conv(second, 4, 1, bias: true));
        return b.Build();
    }

    /// <summary>The last channels of a layer go first.</summary>
    private sealed class ByPlace : ScoringCriterion
    {
        protected override SelectionRule Rule { get; } = new() { Rate = 0.9, RateOption = "percent", Range = SelectionRange.PerLayer };

        protected override double[]? Score(GroupMember member, PruningContext context) => [.. member.Elements.Select(static element => 1.0 / (1 + element))];
    }
}
