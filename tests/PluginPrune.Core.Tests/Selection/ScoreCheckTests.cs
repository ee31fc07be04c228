using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Selection;

public sealed class ScoreCheckTests
{
    private readonly NetworkBuilder _net = new(3);

    [Fact]
    public void Check_ScoreThatIsNoNumberOfAFiniteNetwork_IsTheCriterionsFault()
    {
        Action act = () => ScoreCheck.Check([Scores([1, 2, double.NaN, 4])]);

        act.Should().Throw<PlanException>().WithMessage("*channel 2 of n0*NaN*the criterion's fault*");
    }

    [Fact]
    public void Check_FewerScoresThanChannels_NamesBothNumbers()
    {
        Action act = () => ScoreCheck.Check([Scores([1, 2, 3])]);

        act.Should().Throw<PlanException>().WithMessage("*3 scores for the 4 channels of n0*");
    }

    [Fact]
    public void Check_ScaleThatIsNoNumber_NamesTheTensor()
    {
        MemberScores scores = Scores([1, 2, double.NaN, 4]);
        var norm = (BatchNorm)scores.Member.BatchNorm!.Operation;
        Node odd = scores.Member.BatchNorm with { Operation = norm with { Gamma = Tensor.FromFloats(1, 2, float.NaN, 4) } };

        Action act = () => ScoreCheck.Check([scores with { Member = scores.Member with { BatchNorm = odd } }]);

        act.Should().Throw<PlanException>().WithMessage("*the gamma of n1 *holds NaN*");
    }

    [Fact]
    public void Select_ForACriterionThatBuildsOnOthers_ChecksTheirScoresToo()
    {
        MemberScores scores = Scores([1, 2, double.PositiveInfinity, 4]);
        var services = new PruningServices(static (_, _) => throw new NotSupportedException());
        var context = new PruningContext(_net.Build(), [scores.Group], services);

        Action act = () => services.Select(context, ChannelDecision.FromScores([scores], new SelectionRule { Rate = 0.5 }));

        act.Should().Throw<PlanException>().WithMessage("*channel 2 of n0*");
    }

    private MemberScores Scores(double[] values)
    {
        _net.Head(_net.Conv(_net.ConvNormAct("input", 4), 5, 1));
        ChannelGroup group = _net.Analyse().Groups[0];
        return new MemberScores(group, group.Members[0], values);
    }
}
