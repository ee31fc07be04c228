using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Verification;
using PluginPrune.CriterionNorm;
using PluginPrune.FormatOnnx;
using PluginPrune.Plugins.Tests.Inspection;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>Of boxes that a network decodes in its own way their scores tell whether anything is left of what it saw.</summary>
public sealed class DecodedChangeTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [OnnxRuntimeFact]
    public void What_became_of_the_scores_is_what_counts()
    {
        Network network = _files.Read(new Yolov5Exports { Astray = 0.25f }.Sketch().Metadata("names", "['a', 'b', 'c']").Bytes);
        network.Heads.Should().ContainSingle().Which.Kind.Should().Be("boxes");

        double none = ChangeOf(network, 0);
        double little = ChangeOf(network, 0.1);
        double much = ChangeOf(network, 0.9);

        none.Should().Be(0);
        little.Should().BeInRange(0.01, much);
        much.Should().BeGreaterThan(1, "the network sees next to nothing of the picture, and is warned of");
        ChangeOf(network, 0.9, asBoxes: false).Should().BeLessThan(1, "most of what differs between the numbers is where the cells are");
    }

    private static double ChangeOf(Network network, double percent, bool asBoxes = true)
    {
        IPruningCriterion criterion = PluginFactory.Create<NormPlugin, IPruningCriterion>("l1", ("percent", FormattableString.Invariant($"{percent}")));
        PruningPlan plan = new PlanMaker(InspectedModels.Services).Make(network, new PlanRequest { Criterion = criterion }, CancellationToken.None).Plan;
        var verifier = new Verifier(Ort.Create()) { FindHead = asBoxes ? static kind => PluginFactory.Create<OnnxPlugin, IHead>(kind) : null };
        return verifier.Verify(plan, NetworkSurgeon.Apply(plan, CancellationToken.None).Network, 1, CancellationToken.None).Change.OfWhatVaries!.Value;
    }
}
