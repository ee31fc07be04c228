using System.Diagnostics;
using System.Text;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.FormatYolov5;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Yolov5;

public sealed class WritingTests : IDisposable
{
    private readonly Yolov5Sketch _sketch = new();

    [Theory]
    [InlineData(ElementType.F32, "checkpoint")]
    [InlineData(ElementType.F16, "checkpoint")]
    [InlineData(ElementType.F16, "state-dict")]
    [InlineData(ElementType.F16, "safetensors")]
    public void What_is_read_and_written_again_has_the_same_tensors_bit_for_bit(ElementType type, string content)
    {
        using var sketch = new Yolov5Sketch(type);
        Network network = Described(sketch);

        Network again = Cycle(network, content);

        again.Nodes.Select(static node => node.Id).Should().Equal(network.Nodes.Select(static node => node.Id));
        Dictionary<string, byte[]> before = State(network);
        Dictionary<string, byte[]> after = State(again);
        before.Should().ContainKeys("model.24.anchors", "model.2.m.0.cv1.bn.num_batches_tracked", "model.24.m.2.bias");
        after.Keys.Should().Equal(before.Keys);
        foreach ((string name, byte[] bytes) in before)
        {
            after[name].Should().Equal(bytes, "{0}", name);
        }
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        Network network = _sketch.Read(_sketch.Small());

        Write(network, "checkpoint").Single().Bytes.Should().Equal(Write(network, "checkpoint").Single().Bytes);
    }

    [Theory]
    [InlineData("checkpoint", 0.4, 0)]
    [InlineData("checkpoint", 0.7, 0)]
    [InlineData("checkpoint", 0.3, 3)]
    [InlineData("checkpoint", 0.3, 6)]
    [InlineData("state-dict", 0, 7)]
    [InlineData("state-dict", 0.4, 0)]
    [InlineData("safetensors", 0.3, 3)]
    public void A_pruned_network_is_read_again_as_what_it_was(string content, double rate, int blocks)
    {
        Network whole = Described(_sketch);
        Network small = Prune(whole, rate, blocks).WithInputSize(64, 96);

        Network again = Cycle(small, content).WithInputSize(64, 96);

        again.Nodes.Should().HaveSameCount(small.Nodes);
        again.Run().Should().Equal(small.Run());
        Prune(whole, rate, blocks).Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => tensor.Tensor.Count))
            .Should().BeLessThan(whole.Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => tensor.Tensor.Count)));
    }

    [Fact]
    public void Attributes_of_written_modules_agree_with_their_tensors()
    {
        Network small = Prune(Described(_sketch), 0.5, 2);
        byte[] file = Write(small, "checkpoint").Single(static file => file.Extension == ".pt").Bytes;
        using var torch = TorchFile.Open(new MemoryStream(file));

        int convolutions = 0;
        long counted = 0;
        Visit((PickleObject)PickleDictionary.Of(torch.Root)!["model"]!);

        convolutions.Should().Be(small.Nodes.Count(static node => node.Operation is Convolution));
        counted.Should().Be(small.Nodes.SelectMany(static node => node.Operation.Tensors).Where(static tensor => tensor.IsLearned).Sum(static tensor => (long)tensor.Tensor.Count), "'np' tells the parameters of each layer");

        void Visit(PickleObject module)
        {
            var state = (PickleDictionary)module.State!;
            counted += state["np"] as long? ?? 0;
            if (module.Maker.Name == "Conv2d")
            {
                convolutions++;
                int[] sizes = TorchTensor.Of(PickleDictionary.Of(state["_parameters"])!["weight"])!.Sizes;
                state["out_channels"].Should().Be((long)sizes[0]);
                state["in_channels"].Should().Be(sizes[1] * (long)state["groups"]!);
            }
            else if (module.Maker.Name == "BatchNorm2d")
            {
                state["num_features"].Should().Be((long)TorchTensor.Of(PickleDictionary.Of(state["_buffers"])!["running_var"])!.Sizes[0]);
            }

            foreach ((_, object? child) in PickleDictionary.Of(state["_modules"])!.Entries)
            {
                Visit((PickleObject)child!);
            }
        }
    }

    [Fact]
    public void A_pruned_checkpoint_has_its_widths_in_a_description_beside_it()
    {
        Network small = Prune(Described(_sketch), 0.5, 1);

        string yaml = Encoding.UTF8.GetString(Write(small, "checkpoint").Single(static file => file.Extension == ".yaml").Bytes);

        yaml.Should().Contain("width_multiple: 1.0").And.Contain("widths:").And.Contain($"  0.conv: {small.ShapeOf("0.conv").Channels}\n").And.Contain($"[-1, 1, Conv, [{small.ShapeOf("5.act").Channels}, 3, 2]]");
    }

    [Theory]
    [InlineData("s", true)]
    [InlineData("n6", true)]
    [InlineData("s", false)]
    [InlineData("s6", false)]
    public void States_of_published_models_need_no_description(string name, bool isLate)
    {
        File.WriteAllText(_sketch.PathOf("net.yaml"), PublishedModels.Yaml(name, isLate));
        Network network = Yolov5Sketch.Format.Read(new ModelSource(_sketch.PathOf("net.yaml"), null, static _ => { }) { IsUntrained = true }, CancellationToken.None);
        File.WriteAllBytes(_sketch.PathOf("alone.safetensors"), Write(network, "safetensors").Single(static file => file.Extension == ".safetensors").Bytes);

        Network again = Yolov5Sketch.ReadFile(_sketch.PathOf("alone.safetensors"));

        again.Nodes.Select(static node => $"{node.Id} {node.Operation.Name} {string.Join(',', node.Inputs)}").Should().Equal(network.Nodes.Select(static node => $"{node.Id} {node.Operation.Name} {string.Join(',', node.Inputs)}"));
        again.Heads.Zip(network.Heads).Should().OnlyContain(static pair => pair.First.Parameters["anchors"].SequenceEqual(pair.Second.Parameters["anchors"]));
    }

    [Fact]
    public void States_that_are_of_no_model_that_is_known_are_refused()
    {
        Network network = _sketch.Read(_sketch.Small());
        File.WriteAllBytes(_sketch.PathOf("alone.safetensors"), Write(network, "safetensors").Single(static file => file.Extension == ".safetensors").Bytes);

        _sketch.Refusal("alone.safetensors").Should().Contain("published models");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\u0002\0\0\0\0\0\0\0{}", "published")]
    [InlineData("\u0002\0\0\0\0\0\0\0{x", "header")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f{}", "header")]
    public void Files_that_are_no_safetensors(string text, string reason)
    {
        File.WriteAllBytes(_sketch.PathOf("bad.safetensors"), Encoding.Latin1.GetBytes(text));

        _sketch.Refusal("bad.safetensors").Should().Contain(reason);
    }

    [Theory]
    [InlineData("\"F32\",\"shape\":[4],\"data_offsets\":[0,8]")]
    [InlineData("\"F32\",\"shape\":[4],\"data_offsets\":[8,-8]")]
    [InlineData("\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]")]
    [InlineData("\"F32\",\"shape\":[4],\"data_offsets\":[9223372036854775791,9223372036854775807]")]
    [InlineData("\"F8\",\"shape\":[4],\"data_offsets\":[0,4]")]
    public void Safetensors_whose_header_lies(string entry)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{\"w\":{{\"dtype\":{entry}}}}}");
        File.WriteAllBytes(_sketch.PathOf("bad.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[16]]);

        _sketch.Refusal("bad.safetensors").Should().Contain("'w'");
    }

    [Fact]
    public void Safetensors_that_lie_where_others_do()
    {
        string entries = string.Join(",", Enumerable.Range(0, 2000).Select(static i => $"\"w{i}\":{{\"dtype\":\"F32\",\"shape\":[262144],\"data_offsets\":[0,1048576]}}"));
        byte[] header = Encoding.ASCII.GetBytes($"{{{entries}}}");
        File.WriteAllBytes(_sketch.PathOf("bad.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[1 << 20]]);

        _sketch.Refusal("bad.safetensors").Should().Contain("'w1' lies where others do");
    }

    [Fact]
    public void A_checkpoint_of_15_MB_is_read_in_no_time()
    {
        File.WriteAllText(_sketch.PathOf("s.yaml"), PublishedModels.Yaml("s", isLate: true));
        Network network = Yolov5Sketch.Format.Read(new ModelSource(_sketch.PathOf("s.yaml"), null, static _ => { }) { IsUntrained = true }, CancellationToken.None);
        Network half = network.With(network.Nodes.Select(static node => node.Operation switch
        {
            Convolution convolution => node with { Operation = convolution with { Weight = Half(convolution.Weight), Bias = convolution.Bias is { } bias ? Half(bias) : null } },
            BatchNorm norm => node with { Operation = norm with { Gamma = Half(norm.Gamma), Beta = Half(norm.Beta), Mean = Half(norm.Mean), Variance = Half(norm.Variance) } },
            _ => node,
        }), network.Heads);
        byte[] file = Write(half, "checkpoint").Single().Bytes;
        File.WriteAllBytes(_sketch.PathOf(), file);
        Yolov5Sketch.ReadFile(_sketch.PathOf());
        long start = Stopwatch.GetTimestamp();

        Yolov5Sketch.ReadFile(_sketch.PathOf());

        Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(0.3));
        file.Length.Should().BeGreaterThan(14_400_000);
    }

    [Fact]
    public void Networks_of_other_files_are_obstacles() =>
        Yolov5Sketch.Format.FindObstacles(RandomNetworks.Make(1, isPadded: true, preservesZero: true)).Should().ContainSingle().Which.Should().Contain("not read from a file of YOLOv5");

    [Fact]
    public void What_would_be_read_as_another_network_is_an_obstacle()
    {
        Network network = _sketch.Read(_sketch.Small());
        Node norm = network["2.cv1.bn"];
        Network other = network.Replace(norm with { Operation = ((BatchNorm)norm.Operation) with { Epsilon = 1e-5 } });

        Yolov5Sketch.Format.FindObstacles(other).Should().ContainSingle().Which.Should().Contain("2.cv1.bn");
        Assert.Throws<InvalidOperationException>(() => Yolov5Sketch.Format.Write(other, new MemorySink(), CancellationToken.None));
    }

    [Fact]
    public void Names_and_anchors_that_were_changed_are_written()
    {
        Network read = _sketch.Read(_sketch.Small());
        Head changed = read.Heads[1] with { Parameters = read.Heads[1].Parameters.SetItem("anchors", [16, 32, 48, 64, 80, 96]) };
        var network = new Network(read.Name, read.Inputs, read.Nodes, [read.Heads[0], changed]) { ClassNames = ["a", "b"], Annotations = read.Annotations };

        Network again = Cycle(network, "checkpoint");

        again.ClassNames.Should().Equal("a", "b");
        again.Heads[1].Parameters["anchors"].Should().Equal(16, 32, 48, 64, 80, 96);
        again.Heads[0].Parameters["anchors"].Should().Equal(read.Heads[0].Parameters["anchors"].Select(static number => (double)(float)number));
    }

    public void Dispose() => _sketch.Dispose();

    /// <summary>yolov5n with random numbers, by way of its description and a state.</summary>
    private static Network Described(Yolov5Sketch sketch)
    {
        File.WriteAllText(sketch.PathOf("n.yaml"), PublishedModels.Yaml("n", isLate: true).Replace("nc: 80", "nc: 2\nnames: [cat, dog]", StringComparison.Ordinal));
        Network network = Yolov5Sketch.Format.Read(new ModelSource(sketch.PathOf("n.yaml"), null, static _ => { }) { IsUntrained = true }, CancellationToken.None);
        return network.With(network.Nodes.Select(node => node.Operation switch
        {
            Convolution convolution => node with { Operation = convolution with { Weight = Random(convolution.Weight, sketch), Bias = convolution.Bias is { } bias ? Random(bias, sketch) : null } },
            BatchNorm norm => node with
            {
                Operation = norm with { Gamma = Random(norm.Gamma, sketch), Beta = Random(norm.Beta, sketch), Mean = Random(norm.Mean, sketch), Variance = norm.Gamma is var one && sketch.Numbers(1).Type == ElementType.F16 ? Half(one) : one },
            },
            _ => node,
        }), network.Heads);
    }

    private static Tensor Random(Tensor like, Yolov5Sketch sketch) => sketch.Numbers([.. like.Shape.Dimensions]);

    private static Tensor Half(Tensor tensor) => Tensor.FromHalfs(tensor.Shape, [.. tensor.Floats.ToArray().Select(static number => (Half)number)]);

    private static Network Prune(Network network, double rate, int blocks)
    {
        var request = new PlanRequest
        {
            Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", FormattableString.Invariant($"{rate}"))),
            Blocks = blocks,
            BlockCriterion = PluginFactory.Create<BatchNormPlugin, IBlockCriterion>("bn-mean"),
        };
        PruningPlan plan = new PlanMaker(new PruningServices(static (_, _) => throw new NotSupportedException())).Make(network, request, CancellationToken.None).Plan;
        return NetworkSurgeon.Apply(plan, CancellationToken.None).Network;
    }

    private static (string Extension, byte[] Bytes)[] Write(Network network, string content)
    {
        IModelFormat format = PluginFactory.Create<Yolov5Plugin, IModelFormat>("yolov5", ("content", content));
        format.FindObstacles(network).Should().BeEmpty();
        var sink = new MemorySink();
        format.Write(network, sink, CancellationToken.None);
        return [.. sink.Files];
    }

    private Network Cycle(Network network, string content)
    {
        foreach (string old in Directory.GetFiles(Path.GetDirectoryName(_sketch.PathOf())!, "again.*"))
        {
            File.Delete(old);
        }

        (string Extension, byte[] Bytes)[] files = Write(network, content);
        foreach ((string extension, byte[] bytes) in files)
        {
            File.WriteAllBytes(_sketch.PathOf("again" + extension), bytes);
        }

        return Yolov5Sketch.ReadFile(_sketch.PathOf("again" + files[0].Extension));
    }

    /// <summary>All that a network's modules hold, by name.</summary>
    private static Dictionary<string, byte[]> State(Network network)
    {
        using var file = TorchFile.Open(new MemoryStream(Write(network, "state-dict").Single(static file => file.Extension == ".pt").Bytes));
        return StateDictionary.Read(file, "none").Entries.ToDictionary(static entry => entry.Name, static entry => entry.Tensor.Bytes.ToArray(), StringComparer.Ordinal);
    }
}
