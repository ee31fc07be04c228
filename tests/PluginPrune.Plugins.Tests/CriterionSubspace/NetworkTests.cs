using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Plugins.Tests.Inspection;
using PluginPrune.Plugins.Tests.Resnet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionSubspace;

/// <summary>Whole networks.</summary>
public sealed class NetworkTests
{
    [Fact]
    public void Of_every_cluster_of_every_layer_the_share_goes_rounded_down()
    {
        Network network = InspectedModels.Sample();
        var decision = Subspace.Decide(network, seed: 0, ("percent", "0.4"));
        PruningPlan plan = Plan(network, new PlanRequest { Criterion = Subspace.Criterion(("percent", "0.4")) });

        foreach (MemberScores score in decision.Scores)
        {
            // A cluster of n has each of the places 1/n, 2/n, ... n/n once, so the places tell how many are below.
            int gone = score.Values.Count(static place => (decimal)place <= 0.4m);
            plan.Masks.Kept(score.Group).Should().Be(score.Group.Size - gone, "of {0}", score.Group.Name);
            gone.Should().BeInRange((int)(0.4 * score.Values.Length) - Subspace.K(decision.Notes.Single(note => note.Layer == score.Member.Layer)), (int)(0.4 * score.Values.Length));
        }
    }

    [Theory]
    [InlineData("skip", "80%")]
    [InlineData("union", "50%")]
    [InlineData("mean", "50%")]
    [InlineData("intersection", "30%")]
    public void Budgets_of_the_bundled_sample_are_met(string coupling, string budget)
    {
        Network network = InspectedModels.Sample();

        PlanResult result = new PlanMaker(InspectedModels.Services).Make(
            network, new PlanRequest { Criterion = Subspace.Criterion(("coupling", coupling)), Budget = new Budget { Flops = BudgetBound.Parse(budget) } }, CancellationToken.None);

        double left = NetworkCost.Of(NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network).Gflops / NetworkCost.Of(network).Gflops;
        double asked = double.Parse(budget.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) / 100;
        left.Should().BeInRange(asked - 0.05, asked);
    }

    [SharedDataTheory]
    [InlineData("yolo-fastest/yolo-fastest-1.1")]
    [InlineData("yolo-fastest/yolo-fastest-1.1-xl")]
    [InlineData("yolo-fastest/yolo-fastest-1.1_body")]
    [InlineData("mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc")]
    public void Trained_detectors_are_pruned(string model) =>
        Shrinks(InspectedModels.Read(SharedData.PathOf($"data/darknet/{model}.cfg")));

    [SharedDataTheory]
    [InlineData("yolov3-tiny")]
    [InlineData("yolov4-tiny")]
    public void Networks_of_synthetic_weights_are_pruned(string cfg) =>
        Shrinks(InspectedModels.ReadSynthetic(SharedData.PathOf($"data/darknet/cfg/{cfg}.cfg")));

    [SharedDataTheory]
    [InlineData("resnet20-12fca82f.th")]
    [InlineData("resnet56-4bfd9763.th")]
    public void Classifiers_are_pruned_inside_their_blocks(string file)
    {
        Network network = ResnetSketch.ReadFile(SharedData.PathOf("data/resnet-cifar10/" + file));

        PruningPlan plan = Plan(network, new PlanRequest { Criterion = Subspace.Criterion() });

        // As published: what feeds an addition keeps its channels, the convolutions inside of blocks lose some.
        plan.Analysis.Groups.Should().OnlyContain(group => !group.IsTiedByAddition || plan.Masks.Kept(group) == group.Size);
        plan.Analysis.Groups.Where(static group => !group.IsLocked && !group.IsTiedByAddition).Should().OnlyContain(group => plan.Masks.Kept(group) < group.Size);
        Shrinks(network);
    }

    private static void Shrinks(Network network)
    {
        foreach (string feature in (string[])["sum", "flat"])
        {
            PruningPlan plan = Plan(network, new PlanRequest { Criterion = Subspace.Criterion(("feature", feature), ("coupling", "union"), ("restarts", "2")) });

            Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;

            NetworkCost.Of(small).Parameters.Should().BeLessThan(NetworkCost.Of(network).Parameters);
        }
    }

    private static PruningPlan Plan(Network network, PlanRequest request) => new PlanMaker(InspectedModels.Services).Make(network, request, CancellationToken.None).Plan;
}
