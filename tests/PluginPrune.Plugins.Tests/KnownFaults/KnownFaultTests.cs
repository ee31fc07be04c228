using PluginPrune.Contracts;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Pruning;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Verification;
using PluginPrune.CriterionBn;
using PluginPrune.EngineManaged;
using PluginPrune.HeadYolo;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.KnownFaults;

/// <summary>What the published Python scripts get wrong or crash on, each done right.</summary>
public sealed class KnownFaultTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("slim", "global-percent", PruningScope.Full)]
    [InlineData("slim", "global-percent", PruningScope.Scripts)]
    [InlineData("normal", "percent", PruningScope.Full)]
    [InlineData("normal", "percent", PruningScope.Scripts)]
    [InlineData("shortcut", "percent", PruningScope.Full)]
    [InlineData("shortcut", "percent", PruningScope.Scripts)]
    public void EqualGammas_AnyRate_ArePrunedWithoutACrashAndAlikeEveryTime(string criterion, string option, PruningScope scope)
    {
        Network network = WithGammas(_scratch.Read(Residual()), static (_, _) => 0.5f);

        foreach (string rate in new[] { "0", "0.3", "0.999", "1" })
        {
            PruningPlan first = Plan(network, criterion, scope, (option, rate)).Plan;
            PruningPlan second = Plan(network, criterion, scope, (option, rate)).Plan;

            Sizes(first).Should().Equal(Sizes(second)).And.OnlyContain(size => size >= 1);
            Verify(first).Passed.Should().BeTrue();
        }
    }

    [Theory]
    [InlineData("slim", "global-percent")]
    [InlineData("normal", "percent")]
    [InlineData("shortcut", "percent")]
    public void RateZero_RemovesNothingAndRateOneLeavesTheFloors(string criterion, string option)
    {
        Network network = _scratch.Read(Residual());

        Sizes(Plan(network, criterion, PruningScope.Full, (option, "0")).Plan).Should().Equal(network.Nodes.Where(IsLayer).Select(node => network.ShapeOf(node.Id).Channels));
        PruningPlan floors = Plan(network, criterion, PruningScope.Full, (option, "1")).Plan;

        foreach (ChannelGroup group in floors.Analysis.Groups.Where(group => !group.IsLocked && !(criterion == "normal" && group.IsTiedByAddition)))
        {
            // Union keeps the best of every layer of a tied set.
            floors.Masks.Kept(group).Should().BeInRange(1, criterion == "slim" ? group.Members.Length : 1);
        }
    }

    [Fact]
    public void EmptiedGroupLeader_Shortcut_KeepsOneAndTheSameChannelInAllItsLayers()
    {
        // The first layer of the tied set has only small gammas, each follower another largest one.
        Network network = WithGammas(_scratch.Read(Residual()), static (layer, channel) => layer == "0" ? 0.01f + (channel * 1e-4f) : 1 + ((channel * 7) + int.Parse(layer, null)) % 16);

        PruningPlan plan = Plan(network, "shortcut", PruningScope.Scripts, ("percent", "0.5")).Plan;

        ChannelGroup tied = plan.Analysis.Groups.Single(group => group.IsTiedByAddition);
        plan.Masks.Kept(tied).Should().Be(1);
        foreach (GroupMember member in tied.Members)
        {
            plan.KeepOf(member.Layer.Id).ToList().IndexOf(true).Should().Be(15, "the leader's largest gamma is its last");
        }
    }

    [Fact]
    public void NestedAndAbsolutePaths_AreWrittenWhereTheyAreAsked()
    {
        _scratch.Read(Residual());
        string folder = Path.Combine(_scratch.Folder, "a folder", "über", "deep");

        PruneReport report = Run(folder);

        report.OutputPath.Should().Be(folder);
        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo("net.cfg", "net.weights", "plan.json", "report.json");
        _scratch.ReadFile(Path.Combine(folder, "net.cfg")).Nodes.Should().NotBeEmpty();
    }

    [Fact]
    public void SpacedKeysAndIndentedComments_SurvivePruning()
    {
        string cfg = Residual().Replace("filters=16", "filters = 16", StringComparison.Ordinal)
            .Replace("[yolo]", "   # an indented comment\n   \n[yolo]", StringComparison.Ordinal);
        _scratch.Read(cfg);

        Run(Path.Combine(_scratch.Folder, "out"));

        string written = File.ReadAllText(Path.Combine(_scratch.Folder, "out", "net.cfg"));
        written.Should().Contain("   # an indented comment\n   \n[yolo]").And.MatchRegex("filters = [0-9]+\n");
    }

    [Fact]
    public void FractionalAnchors_AreKeptToTheDigit()
    {
        _scratch.Read(Residual());

        Run(Path.Combine(_scratch.Folder, "out"));

        File.ReadAllText(Path.Combine(_scratch.Folder, "out", "net.cfg")).Should().Contain("anchors=8.5, 12.25\n");
    }

    [Fact]
    public void SingleClassLogit_Untrained_IsNamedAndCanBeMadeCertain()
    {
        Network network = _scratch.Read(new CfgBuilder().Conv(16, 3).Conv(16).Head(classes: 1).ToString());
        var head = PluginFactory.Create<HeadYoloPlugin, IHead>("yolo");
        var cure = new SingleClassLogit(head.Describe);

        cure.FindUntrained(network).Should().ContainSingle().Which.Should().Contain("--class-logit certain");
        Network certain = cure.MakeCertain(network);

        cure.FindUntrained(certain).Should().BeEmpty();
        float[] before = Run(network);
        float[] after = Run(certain);
        int places = 64 * 64;
        after.AsSpan(0, 5 * places).ToArray().Should().Equal(before.AsSpan(0, 5 * places).ToArray(), "boxes and objectness stay");
        after.AsSpan(5 * places).ToArray().Should().OnlyContain(value => value == SingleClassLogit.Certain);
    }

    [Fact]
    public void SingleClassLogit_OfSeveralClasses_IsLeftAlone()
    {
        Network network = _scratch.Read(Residual());
        var cure = new SingleClassLogit(PluginFactory.Create<HeadYoloPlugin, IHead>("yolo").Describe);

        cure.FindUntrained(network).Should().BeEmpty();
        cure.MakeCertain(network).Should().BeSameAs(network);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void RouteOfManySources_IsPruned(int sources)
    {
        var cfg = new CfgBuilder();
        for (int i = 0; i < sources; i++)
        {
            cfg.Conv(12 + i, 1);
        }

        string layers = string.Join(',', Enumerable.Range(1, sources).Select(i => -i));
        Network network = _scratch.Read(cfg.Section($"[route]\nlayers={layers}").Conv(16).Head().ToString());

        PruningPlan plan = Plan(network, "slim", PruningScope.Full, ("global-percent", "0.5")).Plan;

        AssertFoldingIsExact(plan);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("linear")]
    [InlineData("swish")]
    [InlineData("mish")]
    [InlineData("logistic")]
    [InlineData("leaky")]
    public void Folding_AnyActivation_MovesWhatADroppedChannelStillGives(string activation)
    {
        Network network = _scratch.Read(new CfgBuilder().Conv(24, 1, activation).Conv(24, 1, activation).Conv(24, 1, activation).Head().ToString());

        AssertFoldingIsExact(Plan(network, "slim", PruningScope.Full, ("global-percent", "0.5")).Plan);
    }

    [Fact]
    public void Folding_ThroughASpatialPyramidAndAnUpsample_IsExactInside()
    {
        Network network = _scratch.Read(new CfgBuilder()
            .Conv(16, 1).Conv(24, 1, stride: 2)
            .Section("[maxpool]\nsize=5\nstride=1").Section("[route]\nlayers=-2")
            .Section("[maxpool]\nsize=9\nstride=1").Section("[route]\nlayers=-1,-3,-4")
            .Conv(24, 1).Section("[upsample]\nstride=2").Section("[route]\nlayers=-1,0")
            .Conv(24, 1).Head().ToString());
        PruningPlan plan = Plan(network, "slim", PruningScope.Full, ("global-percent", "0.5")).Plan;

        // What the scripts leave out, the layers before the pyramid and before the upsample, is really cut.
        plan.KeepOf("1.conv").Should().Contain(false);
        plan.KeepOf("6.conv").Should().Contain(false);
        AssertFoldingIsExact(plan);
        plan = Plan(network, "slim", PruningScope.Scripts, ("global-percent", "0.5")).Plan;
        plan.KeepOf("1.conv").Should().NotContain(false, "the scripts' scope leaves the entrance of the pyramid out");
        plan.KeepOf("6.conv").Should().NotContain(false, "and what stands before an upsample");
    }

    [Fact]
    public void BlocksAndChannels_InEitherOrder_GiveLegalNetworks()
    {
        Network network = _scratch.Read(Residual());

        foreach (PlanOrder order in Enum.GetValues<PlanOrder>())
        {
            PruningPlan plan = Plan(network, "slim", PruningScope.Full, 1, order, ("global-percent", "0.5")).Plan;

            plan.RemovedBlocks.Should().ContainSingle();
            Verify(plan).Passed.Should().BeTrue();
        }
    }

    [Fact]
    public void WeightsThatOverflow_AreTheModelsFaultAndNotOurs()
    {
        _scratch.WriteAndReadAgain(WithGammas(_scratch.Read(Residual()), static (_, _) => 1e30f));
        string folder = Path.Combine(_scratch.Folder, "small");

        Action pruning = () => Run(folder);

        pruning.Should().Throw<InputException>().WithMessage("*net.cfg: of a generated picture its outputs are no finite numbers, before anything is pruned: *");
        Directory.Exists(folder).Should().BeFalse();
    }

    /// <summary>Two residual blocks of 16 channels.</summary>
    private static string Residual() => new CfgBuilder().Conv(16, 3)
        .Conv(8, 1).Conv(16, 3).Section("[shortcut]\nfrom=-3\nactivation=linear")
        .Conv(8, 1).Conv(16, 3).Section("[shortcut]\nfrom=-3\nactivation=linear")
        .Head().ToString();

    private static bool IsLayer(Node node) => node.Operation is Convolution;

    private static IEnumerable<int> Sizes(PruningPlan plan)
    {
        Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;
        return [.. small.Nodes.Where(IsLayer).Select(node => small.ShapeOf(node.Id).Channels)];
    }

    private static Network WithGammas(Network network, Func<string, int, float> gamma) => network.With(
        network.Nodes.Select(node => node.Operation is BatchNorm norm
            ? node with { Operation = norm with { Gamma = Tensor.FromFloats([.. Enumerable.Range(0, norm.Gamma.Count).Select(channel => gamma(node.Origin.Layer, channel))]) } }
            : node),
        network.Heads);

    private static PlanResult Plan(Network network, string criterion, PruningScope scope, params (string, string)[] options) =>
        Plan(network, criterion, scope, 0, PlanOrder.ChannelsFirst, options);

    private static PlanResult Plan(Network network, string criterion, PruningScope scope, int blocks, PlanOrder order, params (string, string)[] options) =>
        new PlanMaker(new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."))).Make(
            network,
            new PlanRequest
            {
                Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>(criterion, options),
                Scope = scope,
                Blocks = blocks,
                Order = order,
                BlockCriterion = PluginFactory.Create<BatchNormPlugin, IBlockCriterion>("bn-mean"),
            },
            CancellationToken.None);

    private static VerificationReport Verify(PruningPlan plan) =>
        new Verifier(Engine()).Verify(plan, NetworkSurgeon.Apply(plan, CancellationToken.None).Network, 1, CancellationToken.None);

    private static void AssertFoldingIsExact(PruningPlan plan)
    {
        VerificationReport report = Verify(plan);
        report.Passed.Should().BeTrue();

        // Kernels of 1 x 1 see no padding, so folding is exact up to the border.
        report.Folding.Overall.Should().BeLessThan(2e-5);
        report.Change.Overall.Should().BeGreaterThan(1e-4, "something should have been pruned");
    }

    private static IEngine Engine() => PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    private static float[] Run(Network network)
    {
        using IExecutable<float> executable = Engine().Compile(network);
        float[] picture = [.. Enumerable.Range(0, network.Inputs[0].Shape.Count).Select(i => i % 97 / 97f)];
        return executable.Run([new Batch<float>(1, network.Inputs[0].Shape, picture)], network.Outputs, CancellationToken.None)[0].Elements;
    }

    private PruneReport Run(string folder) =>
        new PruneRun(new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here.")), TimeProvider.System).Execute(
            new PruneSettings
            {
                Format = _scratch.Format,
                Source = new ModelSource(_scratch.CfgPath, null, _scratch.Warnings.Add),
                Request = new PlanRequest { Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", "0.5")) },
                Engine = Engine(),
                OutputPath = folder,
                Stem = "net",
            },
            CancellationToken.None);
}
