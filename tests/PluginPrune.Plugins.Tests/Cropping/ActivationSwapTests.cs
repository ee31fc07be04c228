using System.Text;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Surgery;
using PluginPrune.FormatYolov5;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Plugins.Tests.Yolov5;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Cropping;

public sealed class ActivationSwapTests : IDisposable
{
    private readonly Yolov5Sketch _sketch = new();
    private readonly Scratch _scratch = new();

    public void Dispose()
    {
        _sketch.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("relu", ActivationKind.Relu, "checkpoint")]
    [InlineData("hard-swish", ActivationKind.HardSwish, "checkpoint")]
    [InlineData("leaky", ActivationKind.LeakyRelu, "state-dict")]
    public void A_model_of_yolov5_is_read_again_with_it(string name, ActivationKind kind, string content)
    {
        File.WriteAllText(_sketch.PathOf("n.yaml"), PublishedModels.Yaml("n", isLate: true));
        Network whole = Yolov5Sketch.Format.Read(new ModelSource(_sketch.PathOf("n.yaml"), null, static _ => { }) { IsUntrained = true }, CancellationToken.None);
        Network swapped = ActivationSwap.Find(name)!.Apply(whole);

        (string Extension, byte[] Bytes)[] files = Write(swapped, content);
        foreach ((string extension, byte[] bytes) in files)
        {
            File.WriteAllBytes(_sketch.PathOf("again" + extension), bytes);
        }

        Network again = Yolov5Sketch.ReadFile(_sketch.PathOf("again.pt"));
        again.Nodes.Select(static node => node.Operation).OfType<Activation>().Should().HaveCount(57).And.OnlyContain(activation => activation.Kind == kind);
        if (content == "state-dict")
        {
            Encoding.UTF8.GetString(files.Single(static file => file.Extension == ".yaml").Bytes).Should().Contain("activation: ");
        }
    }

    [Fact]
    public void Darknet_writes_it_and_gates_and_outputs_stay()
    {
        Network whole = _scratch.Read("[net]\nwidth=16\nheight=16\nchannels=3\n\n[convolutional]\nfilters=4\nsize=3\npad=1\nactivation=mish\n\n[convolutional]\nfilters=4\nsize=1\nactivation=logistic\n");

        MemorySink written = _scratch.Write(ActivationSwap.Find("relu")!.Apply(whole));

        written.Cfg.Should().Contain("activation=relu\n").And.Contain("activation=logistic\n").And.NotContain("mish");
        _scratch.Format.FindObstacles(ActivationSwap.Find("hard-swish")!.Apply(whole)).Should().ContainSingle("Darknet has no such activation");
    }

    [Fact]
    public void The_warning_counts_what_changed()
    {
        Network whole = _scratch.Read("[net]\nwidth=16\nheight=16\nchannels=3\n\n[convolutional]\nfilters=4\nsize=3\npad=1\nactivation=mish\n");
        ActivationSwap swap = ActivationSwap.Find("relu")!;

        swap.Warning(swap.Count(whole)).Should().StartWith("1 activation is relu now").And.Contain("fine-tuned");
        swap.Warning(swap.Count(swap.Apply(whole))).Should().StartWith("No activation became relu");
    }

    private static (string Extension, byte[] Bytes)[] Write(Network network, string content)
    {
        IModelFormat format = PluginFactory.Create<Yolov5Plugin, IModelFormat>("yolov5", ("content", content));
        format.FindObstacles(network).Should().BeEmpty();
        var sink = new MemorySink();
        format.Write(network, sink, CancellationToken.None);
        return [.. sink.Files];
    }
}
