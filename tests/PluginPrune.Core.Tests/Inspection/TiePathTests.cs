using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Inspection;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Inspection;

public sealed class TiePathTests
{
    private readonly NetworkBuilder _net = new(4);

    [Fact]
    public void Explain_LayersThatAnAdditionTies_TellsThePathThroughIt()
    {
        string stem = _net.ConvNormAct("input", 8);
        string sum = _net.Add(new Add(), stem, _net.Norm(_net.Conv(stem, 8)));
        _net.Head(_net.Conv(sum, 5, 1));

        GroupExplanation group = Explain("n0").Groups.Should().ContainSingle().Subject;

        group.Group.Ties.Should().Be(TieKinds.Addition);
        group.Members.Select(member => member.Path?.ToString()).Should().Equal(null, $"n0 -> n1 -> n2 -> {sum} <- n4 <- n3");
    }

    [Fact]
    public void Explain_ADepthwisePair_TellsThatOneHandsOnWhatTheOtherMakes()
    {
        string made = _net.ConvNormAct("input", 8);
        string handedOn = _net.Conv(made, 8, 3, groups: 8);
        _net.Head(_net.Conv(handedOn, 5, 1));

        GroupExplanation group = Explain(handedOn).Groups.Single();

        group.Group.Ties.Should().Be(TieKinds.Depthwise);
        group.Members.Select(member => (member.Member.IsProducer, member.Path?.ToString())).Should().Equal((true, $"{handedOn} <- n2 <- n1 <- n0"), (false, null));
    }

    [Fact]
    public void Explain_SqueezeAndExcite_GoesThroughTheProduct()
    {
        string value = _net.Conv("input", 8);
        string factor = _net.Act(_net.Conv(_net.Add(new GlobalAveragePool(), value), 8, 1), ActivationKind.Sigmoid);
        string product = _net.Add(new Multiply(), value, factor);
        _net.Head(_net.Conv(product, 5, 1));

        GroupExplanation group = Explain(value).Groups.Single();

        group.Group.Ties.Should().Be(TieKinds.Multiplication);
        group.Members[1].Path!.ToString().Should().Be($"{value} -> {product} <- {factor} <- n2");
    }

    [Fact]
    public void Explain_ABatchNormOverAConcatenation_NamesBothGroups()
    {
        string left = _net.Conv("input", 4);
        string right = _net.Conv("input", 6);
        string norm = _net.Norm(_net.Add(new Concat(), left, right));
        _net.Head(_net.Conv(norm, 5, 1));

        LayerExplanation explanation = Explain(norm);

        explanation.Groups.Select(group => (group.Channels, group.Group.Ties)).Should().Equal((4, TieKinds.LoneNorm), (6, TieKinds.LoneNorm));
        explanation.Groups[1].Members[0].Path!.ToString().Should().Be($"{norm} <- n2 <- {right}");
    }

    [Fact]
    public void Explain_LayersThatHangTogetherOnlyThroughAThird_SaysSo()
    {
        string left = _net.Conv("input", 4);
        string right = _net.Conv("input", 4);
        string both = _net.Conv("input", 8);
        string sum = _net.Add(new Add(), _net.Add(new Concat(), left, right), both);
        _net.Head(_net.Conv(sum, 5, 1));

        MemberExplanation member = Explain(left).Groups.Single().Members.Single(member => member.Member.Layer.Id == right);

        member.Path!.ToString().Should().Contain($"{both} (by other channels of it)").And.EndWith(right);
    }

    [Fact]
    public void Explain_ASplit_TellsWhoAsksForEqualParts()
    {
        string wide = _net.Conv("input", 8);
        string half = _net.Add(new Split(2, 1), wide);
        _net.Head(_net.Conv(half, 5, 1));

        LayerExplanation explanation = Explain(wide);

        explanation.Constraints.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Value = wide, Parts = 2 });
        explanation.Constraints[0].Because.Id.Should().Be(half);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_RandomNetworks_EveryMemberHasAPathOfOneElement(int part)
    {
        for (int seed = part * 20; seed < (part + 1) * 20; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            NetworkAnalysis analysis = NetworkAnalysis.Of(network, PruningScope.Full);
            var paths = new TiePaths(network);
            foreach (ChannelGroup group in analysis.Groups)
            {
                GroupMember from = group.Members[0];
                var found = paths.Find(from.Layer.Id, from.Channels, group.Members);
                found.Should().NotContainNulls($"network {seed} ties {string.Join(' ', group.Members.Select(static member => member.Layer.Id))}");
                foreach (TiePath? path in found)
                {
                    CheckSteps(path!, analysis);
                }
            }
        }
    }

    private static void CheckSteps(TiePath path, NetworkAnalysis analysis)
    {
        TieStep last = path.Steps[0];
        foreach (TieStep step in path.Steps.Skip(1))
        {
            ChannelElement before = analysis.ElementsOf(last.Value)[last.Channel];
            ChannelElement now = analysis.ElementsOf(step.Value)[step.Channel];
            now.Group.Should().Be(before.Group);
            switch (step.Link)
            {
                case TieLink.Forward:
                    analysis.Network[step.Value].Inputs.Should().Contain(last.Value);
                    now.Should().Be(before);
                    break;
                case TieLink.Backward:
                    analysis.Network[last.Value].Inputs.Should().Contain(step.Value);
                    now.Should().Be(before);
                    break;
                default:
                    step.Value.Should().Be(last.Value);
                    break;
            }

            last = step;
        }
    }

    private LayerExplanation Explain(string name)
    {
        NetworkInspection inspection = NetworkInspector.Inspect(_net.Build(), plan: null, CancellationToken.None);
        (LayerInspection layer, string value) = new LayerLookup(inspection).Find(name)!.Value;
        return new LayerExplainer(inspection).Explain(layer, value);
    }
}
