using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Tests.Inspection;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Sparsity;

public sealed class ReadinessJudgeTests
{
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.6, true)]
    [InlineData(0.65, false)]
    public void A_sparse_network_is_ready_up_to_its_gap(double asked, bool isReady)
    {
        // 120 of 200 scales are next to nothing; of the 40 others of a layer, one alone has a fortieth of its energy.
        PruningReadiness readiness = Judge(SparseNetworks.Make(static i => i < 60 ? 0.001f : 1, static i => i < 60 ? 0.0005f : 1), asked)!;

        readiness.Rate.Should().BeApproximately(0.604, 1e-9, "0.604 of 200 scores are 120.8, of which 120 go");
        readiness.IsReady.Should().Be(isReady);
        readiness.Verdict.Should().StartWith(isReady ? "ready to prune at 60.4 %" : "not ready to prune at 65.0 %, which takes 25 % of what the scales of layer ");
    }

    [Fact]
    public void A_network_that_was_not_trained_sparse_is_not_ready()
    {
        PruningReadiness readiness = Judge(SparseNetworks.Make(static i => 0.5f + (i / 200f), static i => 0.5f + (i / 200f)), 0.5)!;

        readiness.IsReady.Should().BeFalse();
        readiness.Rate.Should().BeLessThan(0.03);
        readiness.Energy.Should().BeInRange(0.2, 0.4);
    }

    [Fact]
    public void A_layer_of_small_scales_counts_like_any_other()
    {
        // All of the second layer's scales are small beside those of the first: a batch norm behind it makes up for that.
        PruningReadiness readiness = Judge(SparseNetworks.Make(static i => i < 50 ? 0.0001f : 1, static _ => 0.05f), 0.6)!;

        readiness.IsReady.Should().BeFalse();
        readiness.Energy.Should().BeApproximately(0.7, 1e-6);
        readiness.Rate.Should().BeInRange(0.25, 0.2549, "the 50 of the first layer go, and none of the second's 100");
    }

    [Fact]
    public void A_network_of_which_nothing_is_left_is_called_collapsed()
    {
        PruningReadiness readiness = Judge(SparseNetworks.Make(static _ => 1e-5f, static _ => 1e-6f), 0.5)!;

        readiness.IsCollapsed.Should().BeTrue();
        readiness.Verdict.Should().StartWith("collapsed");
    }

    [Fact]
    public void A_criterion_that_makes_its_own_choice_gives_no_verdict()
    {
        Network network = SparseNetworks.Make(static _ => 1, static _ => 1);

        new ReadinessJudge(GammaCriterion.Services).Judge(
            NetworkAnalysis.Of(network, PruningScope.Full), new KeepsAll(), 0.5, PruningScope.Full, 0, CancellationToken.None).Should().BeNull();
    }

    private static PruningReadiness? Judge(Network network, double asked) => new ReadinessJudge(GammaCriterion.Services).Judge(
        NetworkAnalysis.Of(network, PruningScope.Full), new GammaCriterion(0.1), asked, PruningScope.Full, 0, CancellationToken.None);

    private sealed class KeepsAll : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) =>
            ChannelDecision.FromMasks(ChannelMasks.All(context.Groups), []);
    }
}
