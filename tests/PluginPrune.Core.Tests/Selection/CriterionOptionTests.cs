using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Tests.Selection;

/// <summary>What messages advise is an option that the criterion at work has.</summary>
public sealed class CriterionOptionTests
{
    [Fact]
    public void The_criterion_at_work_is_named()
    {
        CriterionOption.Of(Guarded("taylor", "percent", "layer-keep"), CriterionOption.Floor).Should().Be("taylor's --layer-keep");
        CriterionOption.Of(new PartCriterion(Guarded("l1", "layer-keep"), PartRates.Parse("backbone=0.5", out _)!, null), CriterionOption.Floor).Should().Be("l1's --layer-keep");
    }

    [Fact]
    public void An_option_that_it_does_not_have_is_not()
    {
        CriterionOption.Of(Guarded("uniform", "ratio"), CriterionOption.Floor).Should().BeNull();
        CriterionOption.Of(new Silent(), CriterionOption.Floor).Should().BeNull();
        CriterionOption.Of((IPruningCriterion?)null, CriterionOption.Coupling).Should().BeNull();
    }

    [Theory]
    [InlineData("taylor", "Lower the floor that the criterion keeps (taylor's --layer-keep), remove blocks with --blocks, *")]
    [InlineData("uniform", "Remove blocks with --blocks, *")]
    public void A_time_out_of_reach_says_what_can_be_done(string name, string advice)
    {
        var target = new TimeTarget(5, static (_, _, _, _) => (100, 20)) { Criterion = name == "taylor" ? Info(name, "layer-keep") : Info(name) };

        target.Unreachable(new TargetMeasurement(1, 20, false, false)).Message.Should().Match($"5 ms cannot be reached: *. {advice}");
    }

    private static GuardedCriterion Guarded(string name, params string[] options) => new(new Silent(), Info(name, options));

    private static ContributionInfo Info(string name, params string[] options) => new(
        "acme.test", ContributionKind.Criterion, name, "Tests", [], [.. options.Select(static option => new OptionDescriptor { Name = option, Type = OptionType.Number, Description = "Tests" })]);

    private sealed class Silent : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
