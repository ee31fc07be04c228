using System.Collections.Immutable;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Resnet;

public sealed class WritingTests
{
    /// <summary>Three from among the zeros before, one of the input, one of the zeros behind.</summary>
    private static readonly int[] Dropped = [1, 4, 5, 12, 31];

    [Theory]
    [InlineData(null, "")]
    [InlineData("state_dict", "module.")]
    [InlineData("net", "")]
    public void What_is_read_and_written_again_has_the_same_tensors_under_the_same_names(string? wrapper, string prefix)
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(2, hasShortcuts: true);
        sketch.Add("bn1.num_batches_tracked", Tensor.FromIntegers(default, [1L << 40])).Add("layer1.0.bn2.num_batches_tracked", Tensor.FromIntegers(default, [7]));
        StateDictionary Change(StateDictionary dictionary) => dictionary with
        {
            Wrapper = wrapper,
            Entries = [.. dictionary.Entries.Select(entry => entry with { Name = prefix + entry.Name })],
        };
        sketch.Save(Change, "net.th");

        sketch.Cycle(sketch.Read("net.th"));

        (string? Wrapper, Dictionary<string, byte[]> Tensors) before = Contents(sketch.PathOf("net.th"));
        (string? Wrapper, Dictionary<string, byte[]> Tensors) after = Contents(sketch.PathOf("again.th"));
        after.Wrapper.Should().Be(wrapper);
        after.Tensors.Keys.Should().BeEquivalentTo(before.Tensors.Keys);
        foreach ((string name, byte[] bytes) in before.Tensors)
        {
            after.Tensors[name].Should().Equal(bytes, "{0}", name);
        }
    }

    [Fact]
    public void Half_precision_stays_half_precision()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1);
        sketch.Save(static dictionary => dictionary with
        {
            Entries = [.. dictionary.Entries.Select(static entry => entry with { Tensor = Tensor.FromHalfs(entry.Tensor.Shape, [.. entry.Tensor.Floats.ToArray().Select(static number => (Half)number)]) })],
        });

        Network again = sketch.Cycle(sketch.Read());

        again.Nodes.SelectMany(static node => node.Operation.Tensors).Should().OnlyContain(static tensor => tensor.Tensor.Type == ElementType.F16);
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1);
        sketch.Save();
        Network network = sketch.Read();
        var (one, other) = (new MemorySink(), new MemorySink());

        ResnetSketch.Format.Write(network, one, CancellationToken.None);
        ResnetSketch.Format.Write(network, other, CancellationToken.None);

        one.Files.Single().Bytes.Should().Equal(other.Files.Single().Bytes);
    }

    [Theory]
    [InlineData(false, 0.5, 0)]
    [InlineData(false, 0.8, 0)]
    [InlineData(true, 0.6, 0)]
    [InlineData(false, 0.4, 3)]
    [InlineData(true, 0.4, 3)]
    public void A_pruned_network_is_read_again_as_what_it_was(bool hasShortcuts, double rate, int blocks)
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(3, hasShortcuts);
        sketch.Save();
        var request = new PlanRequest
        {
            Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", FormattableString.Invariant($"{rate}"))),
            Blocks = blocks,
            BlockCriterion = PluginFactory.Create<BatchNormPlugin, IBlockCriterion>("bn-mean"),
        };
        PruningPlan plan = new PlanMaker(new PruningServices(static (_, _) => throw new NotSupportedException())).Make(sketch.Read(), request, CancellationToken.None).Plan;
        Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;

        Network again = sketch.Cycle(small);

        again.Run().Should().Equal(small.Run());
        float[] folded = FullSizeNetworks.Folded(plan).Run();
        again.Run().Zip(folded).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) < 1e-4 * Math.Max(1, Math.Abs(pair.Second)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    public void Channels_of_zeros_that_pruning_left_uneven_are_told_and_read_again(string prefix)
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1);
        sketch.Save(dictionary => dictionary with { Entries = [.. dictionary.Entries.Select(entry => entry with { Name = prefix + entry.Name })] });
        Network network = sketch.Read();
        var analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        ChannelElement[] dropped = [.. Dropped.Select(channel => analysis.ElementsOf("layer2.0.add")[channel])];
        var masks = new ChannelMasks(analysis.Groups.Select(group =>
            ImmutableArray.CreateRange(Enumerable.Range(0, group.Size).Select(element => !dropped.Contains(new ChannelElement(group.Index, element))))));
        Network small = NetworkSurgeon.Apply(new PruningPlan(network, [], analysis, masks), CancellationToken.None).Network;

        Network again = sketch.Cycle(small);

        small["layer2.0.shortcut.pad"].Operation.Should().Be(new ChannelPadding(5, 7));
        small["layer3.0.shortcut.pad"].Operation.Should().Be(new ChannelPadding(16, 16));
        again["layer2.0.shortcut.pad"].Operation.Should().Be(new ChannelPadding(5, 7));
        again.ShapeOf("relu").Channels.Should().Be(15);
        again.Run().Should().Equal(small.Run());
    }

    [Fact]
    public void A_shortcut_of_which_no_channels_of_zeros_are_left_is_read_again()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(2);
        sketch.Save();
        Network network = sketch.Read();
        var analysis = NetworkAnalysis.Of(network, PruningScope.Full);

        // All that the second stage adds to the first goes, and of the third stage's all that it adds to the second.
        ChannelElement[] stays = [.. analysis.ElementsOf("layer1.0.add")];
        var masks = new ChannelMasks(analysis.Groups.Select(group => ImmutableArray.CreateRange(
            Enumerable.Range(0, group.Size).Select(element => group.Index != stays[0].Group || stays.Contains(new ChannelElement(group.Index, element))))));
        Network small = NetworkSurgeon.Apply(new PruningPlan(network, [], analysis, masks), CancellationToken.None).Network;

        Network again = sketch.Cycle(small);

        again["layer2.0.shortcut.pad"].Operation.Should().Be(new ChannelPadding(0, 0));
        again.ShapeOf("relu").Channels.Should().Be(16);
        again.Run().Should().Equal(small.Run());
    }

    [Fact]
    public void Networks_of_other_files_are_obstacles()
    {
        Network foreign = RandomNetworks.Make(1, isPadded: true, preservesZero: true);

        ResnetSketch.Format.FindObstacles(foreign).Should().ContainSingle().Which.Should().Contain("not read from a state dictionary");
    }

    [Fact]
    public void What_would_be_read_as_another_network_is_an_obstacle()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1);
        sketch.Save();
        Network network = sketch.Read();
        Node norm = network["layer2.0.bn1"];
        Network other = network.Replace(norm with { Operation = ((BatchNorm)norm.Operation) with { Epsilon = 1e-3 } });

        ResnetSketch.Format.FindObstacles(other).Should().ContainSingle().Which.Should().Contain("layer2.0.bn1");
        Assert.Throws<InvalidOperationException>(() => ResnetSketch.Format.Write(other, new MemorySink(), CancellationToken.None));
    }

    private static (string? Wrapper, Dictionary<string, byte[]> Tensors) Contents(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var file = TorchFile.Open(stream);
        var dictionary = StateDictionary.Read(file, "padding");
        return (dictionary.Wrapper, dictionary.Entries.ToDictionary(static entry => entry.Name, static entry => entry.Tensor.Bytes.ToArray(), StringComparer.Ordinal));
    }
}
