using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Verification;
using PluginPrune.CriterionBn;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Networks of the older Darknet are really cut, verified, and written as files that mean the same.</summary>
public sealed class PruningTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [DebianDarknetTheory]
    [InlineData("darknet19", 64, "1000 x 1 x 1")]
    [InlineData("resnet18", 64, "1000 x 1 x 1")]
    [InlineData("resnet50", 64, "1000 x 1 x 1")]
    [InlineData("resnext50", 64, "1000 x 1 x 1")]
    [InlineData("yolov2", 96, "425 x 3 x 3")]
    [InlineData("yolov2-tiny", 96, "425 x 3 x 3")]
    public void A_network_of_the_package_is_pruned(string name, int size, string output)
    {
        string cfg = string.Join('\n', File.ReadLines(DebianDarknet.PathOf(name)).Select(line =>
            line.StartsWith("width", StringComparison.Ordinal) ? $"width={size}" : line.StartsWith("height", StringComparison.Ordinal) ? $"height={size}" : line));
        Network network = _scratch.Read(cfg);

        PruningPlan plan = Plan(network);
        Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;
        VerificationReport report = new Verifier(Computing.Engine()).Verify(plan, small, 1, CancellationToken.None);

        report.Passed.Should().BeTrue();
        small.ShapeOf(small.Outputs[^1]).ToString().Should().Be(output);
        Parameters(small).Should().BeLessThan(Parameters(network) * 8 / 10);
        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(small);
        written.Cfg.Split('[').Should().HaveCount(cfg.Split('[').Length, "no section comes or goes");
        Meaning.Of(again).Should().Equal(Meaning.Of(small));
    }

    [Fact]
    public void Channels_go_through_a_reorg_in_whole_blocks()
    {
        // The first block of 4 channels has small scales, the second has one large one, the third too.
        const string Cfg = "[net]\nwidth=8\nheight=12\nchannels=3\n[conv]\nbatch_normalize=1\nfilters=12\nactivation=leaky\n[reorg]\nstride=2\n[conv]\nbatch_normalize=1\nfilters=8\nactivation=leaky\n[conv]\nfilters=2\nactivation=linear\n";
        Network network = _scratch.Read(Cfg);
        float[] gammas = [0.001f, 0.002f, 0.003f, 0.004f, 0.01f, 3, 0.01f, 0.01f, 3, 3, 3, 3];
        network = network.Replace(network["0.bn"] with { Operation = (BatchNorm)network["0.bn"].Operation with { Gamma = Tensor.FromFloats(gammas) } });

        PruningPlan plan = Plan(network);
        Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;

        plan.KeepOf("0.conv").ToArray().Should().Equal(false, false, false, false, true, true, true, true, true, true, true, true);
        small.ShapeOf("1.reorg").Should().Be(new Shape(32, 6, 4));
        new Verifier(Computing.Engine()).Verify(plan, small, 1, CancellationToken.None).Passed.Should().BeTrue();
        Meaning.Of(_scratch.WriteAndReadAgain(small).Again).Should().Equal(Meaning.Of(small));
    }

    [Theory]
    [InlineData("[shortcut]\nfrom=0\n")]
    [InlineData("[shortcut]\nfrom=0\nweights_type=per_channel\nweights_normalization=softmax\n")]
    [InlineData("[shortcut]\nfrom=0\nweights_type=per_feature\nweights_normalization=relu\n")]
    public void Channels_go_through_a_shortcut(string shortcut)
    {
        int more = shortcut.Contains("weights", StringComparison.Ordinal) ? 16 : 24;
        Network network = _scratch.Read(
            $"[net]\nwidth=8\nheight=8\nchannels=3\n[conv]\nbatch_normalize=1\nfilters=16\nactivation=leaky\n[conv]\nbatch_normalize=1\nfilters={more}\nactivation=leaky\n{shortcut}[conv]\nfilters=2\nactivation=linear\n");

        PruningPlan plan = Plan(network);
        Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;

        small.ShapeOf("1.conv").Channels.Should().BeLessThan(more);
        new Verifier(Computing.Engine()).Verify(plan, small, 1, CancellationToken.None).Passed.Should().BeTrue();
        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(small);
        written.Cfg.Should().Contain(shortcut);

        // Not by their meanings: surgery gives factors biases of zeros, which a file has no place for.
        again.Run().Should().Equal(small.Run());
    }

    public void Dispose() => _scratch.Dispose();

    private static PruningPlan Plan(Network network) =>
        new PlanMaker(new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."))).Make(
            network,
            new PlanRequest { Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", "0.4")) },
            CancellationToken.None).Plan;

    private static long Parameters(Network network) =>
        network.Nodes.SelectMany(static node => node.Operation.Tensors).Where(static tensor => tensor.IsLearned).Sum(static tensor => (long)tensor.Tensor.Count);
}
