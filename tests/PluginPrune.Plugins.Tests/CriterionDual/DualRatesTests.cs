using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionDual;

public sealed class DualRatesTests
{
    [Theory]
    [InlineData("60U40", 0.6, "60U40")]
    [InlineData("60u40", 0.6, "60U40")]
    [InlineData("62.5U40", 0.625, "62.5U40")]
    [InlineData("0U40", 0.4, "0U40")]
    [InlineData("100U0", 1, "100U0")]
    [InlineData("0U0", 0, "0U0")]
    [InlineData("33.3333U12.05", 0.333333, "33.3333U12.05")]
    public void Rates_AsThePaperWritesThem_AreTheTwoShares(string text, double larger, string written)
    {
        SelectionRate rate = RateOf(text);

        rate.Value.Should().Be(larger);
        rate.Text.Should().Be(written);
        rate.Option.Should().Be("rates");
    }

    [Theory]
    [InlineData("60U40", 0.3, "30U20")]
    [InlineData("60U40", 1, "100U66.6667")]
    [InlineData("40U60", 0.3, "20U30")]
    [InlineData("60U0", 0.25, "25U0")]
    [InlineData("60U40", 0, "0U0")]
    [InlineData("0U0", 0.5, "50U50")]
    [InlineData("60U40", 0.4730, "47.3U31.5333")]
    public void Format_OfAnotherRate_KeepsTheProportion(string text, double larger, string written) =>
        RateOf(text).Format(larger).Should().Be(written);

    [Fact]
    public void Format_OfWhatASearchFound_CanBeTypedAndIsTheSamePlan()
    {
        PruningContext context = Duals.ContextOf(RandomNetworks.Make(3, isPadded: true, preservesZero: true));
        ChannelDecision decision = Duals.Decide(context, ("rates", "70U40"), ("second", "uniform"));
        foreach (double larger in new[] { 0.123456789, 1 / 3.0, 0.5, 0.7071067811865476 })
        {
            ChannelDecision found = decision.At(larger);

            ChannelDecision typed = Duals.Decide(context, ("rates", found.Rate!.Text), ("second", "uniform"));

            context.Groups.Should().OnlyContain(group => typed.Masks![group].SequenceEqual(found.Masks![group]));
        }
    }

    [Theory]
    [InlineData("", "no U")]
    [InlineData("60", "no U")]
    [InlineData("60+40", "no U")]
    [InlineData("60U40U20", "more than one U")]
    [InlineData("U40", "first rate is ''")]
    [InlineData("60U", "second rate is ''")]
    [InlineData("60U140", "second rate is '140'")]
    [InlineData("-5U40", "first rate is '-5'")]
    [InlineData("60%U40%", "first rate is '60%'")]
    [InlineData("6e1U40", "first rate is '6e1'")]
    [InlineData("NaNU40", "first rate is 'NaN'")]
    [InlineData("60,5U40", "first rate is '60,5'")]
    [InlineData("60 U 40", "first rate is '60 '")]
    public void Rates_ThatAreNone_AreRefusedWithAnExample(string text, string reason)
    {
        Action create = () => Duals.Create(("rates", text));

        create.Should().Throw<OptionException>().Which.Message.Should().StartWith("--rates takes two rates in percent from 0 to 100").And.Contain("60U40").And.Contain($"not '{text}'").And.Contain(reason);
    }

    private static SelectionRate RateOf(string text)
    {
        PruningContext context = Duals.ContextOf(RandomNetworks.Make(1, isPadded: true, preservesZero: true));
        return Duals.Decide(context, ("rates", text), ("second", "uniform")).Rate!;
    }
}
