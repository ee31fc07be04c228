using PluginPrune.Contracts.Evaluation;
using PluginPrune.EvaluatorCost;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators;

public sealed class CostEvaluatorTests
{
    [Fact]
    public void A_network_costs_what_a_count_by_hand_gives()
    {
        var builder = new NetworkBuilder(1, channels: 3, height: 16, width: 20);
        builder.Head(builder.Conv(builder.Act(builder.Norm(builder.Conv("input", 8, 3))), 6, 1, bias: true));
        var subject = new EvaluationSubject("it", builder.Build(), null);

        IEvaluator evaluator = PluginFactory.Create<CostEvaluatorPlugin, IEvaluator>("cost");
        EvaluationResult result = evaluator.Evaluate(Evaluations.Context(null, null, subject), CancellationToken.None).Single();

        int weights = (8 * 3 * 9) + (6 * 8);
        evaluator.Needs.Should().Be(EvaluationNeeds.None);
        result.Metric("parameters").Should().Be(weights + 16 + 6);
        result.Metric("GFLOPs").Should().BeApproximately(2e-9 * 16 * 20 * weights, 1e-15);
        result.Metric("size").Should().Be(4 * (weights + 32 + 6));
        result.Metric("channels").Should().Be(14);
        result.Metric("layers").Should().Be(4);
    }
}
