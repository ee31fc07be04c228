using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Plugins.Tests.Darknet;

namespace PluginPrune.Plugins.Tests.Resnet;

public sealed class ReadingTests
{
    // Parameters as the implementations' own READMEs count them: Idelbayev's for CIFAR, torchvision's for ImageNet.
    [Theory]
    [InlineData(20, 269_722)]
    [InlineData(56, 853_018)]
    [InlineData(110, 1_727_962)]
    public void Cifar_networks_have_the_parameters_that_they_are_known_for(int layers, long parameters)
    {
        using var sketch = ResnetSketch.Cifar((layers - 2) / 6, isZero: true);
        sketch.Save();

        Network network = sketch.Read();

        NetworkCost.Of(network).Parameters.Should().Be(parameters);
        network.Inputs.Single().Shape.Should().Be(new Shape(3, 32, 32));
        network.ShapeOf("layer3.0.relu").Should().Be(new Shape(64, 8, 8));
        network.Heads.Single().Should().BeEquivalentTo(new { Kind = "classify", Input = "linear" });
        network.Outputs.Should().Equal("linear");
    }

    [Theory]
    [InlineData(false, 11_689_512, 2, 2, 2, 2)]
    [InlineData(false, 21_797_672, 3, 4, 6, 3)]
    [InlineData(true, 25_557_032, 3, 4, 6, 3)]
    public void ImageNet_networks_have_the_parameters_that_they_are_known_for(bool isBottleneck, long parameters, params int[] blocks)
    {
        using var sketch = ResnetSketch.ImageNet(isBottleneck, blocks);
        sketch.Save();

        Network network = sketch.Read();

        NetworkCost.Of(network).Parameters.Should().Be(parameters);
        network.Inputs.Single().Shape.Should().Be(new Shape(3, 224, 224));
        network.ShapeOf("maxpool").Should().Be(new Shape(64, 56, 56));
        network.ShapeOf("layer4.0.relu").Should().Be(new Shape(isBottleneck ? 2048 : 512, 7, 7));
        ((Convolution)network["layer2.0.conv2"].Operation).Stride.Should().Be(Extent.Square(isBottleneck ? 2 : 1), "of three convolutions the middle one steps");
    }

    [Fact]
    public void A_shortcut_without_weights_takes_every_second_place_and_lies_amid_channels_of_zeros()
    {
        using var sketch = ResnetSketch.Cifar(1);
        sketch.Save();
        Network network = sketch.Read();

        network["layer2.0.shortcut.pad"].Operation.Should().Be(new ChannelPadding(8, 8));
        network["layer2.0.shortcut.step"].Operation.Should().BeOfType<MaxPool>().Which.Stride.Should().Be(Extent.Square(2));

        float[] all = network.RunValue("layer1.0.relu", "layer2.0.shortcut.pad", out float[] padded);
        for (int channel = 0; channel < 32; channel++)
        {
            for (int place = 0; place < 256; place++)
            {
                (int y, int x) = (2 * (place / 16), 2 * (place % 16));
                float expected = channel is < 8 or >= 24 ? 0 : all[((channel - 8) * 1024) + (y * 32) + x];
                padded[(channel * 256) + place].Should().Be(expected);
            }
        }
    }

    [Fact]
    public void A_shortcut_without_weights_ties_the_stages_channels_with_an_offset()
    {
        using var sketch = ResnetSketch.Cifar(2);
        sketch.Save();

        var analysis = NetworkAnalysis.Of(sketch.Read(), Contracts.Groups.PruningScope.Full);

        analysis.ElementsOf("layer2.0.add")[8].Should().Be(analysis.ElementsOf("conv1")[0]);
        analysis.ElementsOf("layer3.1.add")[16 + 8 + 3].Should().Be(analysis.ElementsOf("layer1.1.conv2")[3]);
        analysis.Groups[analysis.ElementsOf("conv1")[0].Group].Size.Should().Be(64);
        analysis.Blocks.Select(static block => block.Junction.Id).Should().Equal("layer1.0.add", "layer1.1.add", "layer2.1.add", "layer3.1.add");
    }

    [Fact]
    public void Convolutions_of_shortcuts_and_groups_are_what_their_shapes_tell()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1, hasShortcuts: true);
        sketch.Save();
        Network network = sketch.Read();

        network["layer3.0.shortcut.0"].Operation.Should().BeOfType<Convolution>().Which.Stride.Should().Be(Extent.Square(2));
        network.Nodes.Should().NotContain(static node => node.Operation is ChannelPadding);
        network["layer3.0.add"].Inputs.Should().Equal("layer3.0.bn2", "layer3.0.shortcut.1");
    }

    [Fact]
    public void Means_and_deviations_are_the_users_to_say()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1, isZero: true);
        sketch.Save();

        Preprocessing usual = sketch.Read().Inputs[0].Preprocessing;
        Preprocessing other = TestKit.PluginFactory.Create<FormatResnet.ResnetPlugin, Contracts.Formats.IModelFormat>("resnet", ("mean", "0,0.5, 1"), ("std", "1,1,1"))
            .Read(new Contracts.Formats.ModelSource(sketch.PathOf(), null, static _ => { }), CancellationToken.None).Inputs[0].Preprocessing;

        usual.Mean.Should().Equal(0.485, 0.456, 0.406);
        usual.Deviation.Should().Equal(0.229, 0.224, 0.225);
        other.Mean.Should().Equal(0, 0.5, 1);
    }

    [Theory]
    [InlineData("conv1.weight", "no tensor 'conv1.weight'")]
    [InlineData("layer2.0.bn1.running_var", "no tensor 'layer2.0.bn1.running_var'")]
    [InlineData("linear.weight", "no tensor 'fc.weight'")]
    public void A_missing_tensor_is_named(string name, string message)
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1, isZero: true);
        sketch.Save(dictionary => dictionary with { Entries = dictionary.Entries.RemoveAll(entry => entry.Name == name) });

        sketch.Refusal().Should().Contain(message);
    }

    [Fact]
    public void Another_architecture_is_refused_by_what_it_has_too_much()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1, isZero: true);
        sketch.Add("layer1.0.se.fc1.weight", sketch.Numbers(4, 16)).Save();

        sketch.Refusal().Should().Contain("layer1.0.se.fc1.weight").And.Contain("another architecture");
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_told_with_their_place()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1, isZero: true);
        sketch.Save(dictionary => dictionary with
        {
            Entries = [.. dictionary.Entries.Select(entry => entry.Name == "layer1.0.bn1.bias" ? entry with { Tensor = sketch.Numbers(15) } : entry)],
        });

        sketch.Refusal().Should().Contain("layer1.0.bn1").And.Contain("15 channels");
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_named()
    {
        using ResnetSketch sketch = ResnetSketch.Cifar(1, isZero: true);
        sketch.Save(dictionary => dictionary with
        {
            Entries = [.. dictionary.Entries.Select(static entry => entry.Name == "bn1.bias" ? entry with { Tensor = Tensor.FromFloats([.. Enumerable.Repeat(float.NaN, 16)]) } : entry)],
        });

        sketch.Refusal().Should().Contain("bn1.bias").And.Contain("diverged");
    }
}
