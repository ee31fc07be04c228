using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

public sealed class NetworkTests
{
    [Fact]
    public void The_outputs_of_a_network_equal_the_reference()
    {
        var random = new Random(5);
        Network network = SampleNetworks.Detector(random);

        Comparison.Check(network, random, pictures: 2, range: 1, [.. network.Outputs]);
    }

    [Fact]
    public void Every_value_can_be_asked_for_at_once_and_on_its_own()
    {
        var random = new Random(6);
        Network network = SampleNetworks.Detector(random);
        string[] all = [.. network.Nodes.Select(static node => node.Id)];

        Comparison.Check(network, random, pictures: 1, range: 1, all);
        foreach (string value in all)
        {
            Comparison.Check(network, random, pictures: 1, range: 1, value);
        }
    }

    [Theory]
    [InlineData("0.conv", "0.act")]
    [InlineData("0.bn", "12.double")]
    [InlineData("2.bn", "2.act")]
    public void A_value_that_fusing_hides_can_be_asked_for_beside_what_hides_it(string hidden, string output)
    {
        var random = new Random(7);

        Comparison.Check(SampleNetworks.Detector(random), random, pictures: 2, range: 1, hidden, output);
    }

    [Fact]
    public void One_executable_answers_different_questions_in_turn()
    {
        var random = new Random(8);
        Network network = SampleNetworks.Detector(random);
        Batch<float> picture = SampleNetworks.Picture(network, random, 1);
        using IExecutable<float> executable = Engines.Create(2).Compile(network);

        float[] fused = executable.Run([picture], ["0.act"], CancellationToken.None)[0].Elements;
        float[] hidden = executable.Run([picture], ["0.bn"], CancellationToken.None)[0].Elements;
        float[] again = executable.Run([picture], ["0.act"], CancellationToken.None)[0].Elements;

        again.Should().Equal(fused);
        var activation = new Activation(ActivationKind.LeakyRelu);
        Comparison.ShouldBeClose(
            Array.ConvertAll(fused, static x => (double)x),
            Array.ConvertAll(hidden, x => activation.Apply(x)),
            1e-5,
            "the activation follows the batch norm");
    }

    [Fact]
    public void Results_belong_to_the_caller()
    {
        var random = new Random(9);
        Network network = SampleNetworks.Detector(random);
        Batch<float> picture = SampleNetworks.Picture(network, random, 1);
        float[] before = [.. picture.Elements];
        using IExecutable<float> executable = Engines.Create(1).Compile(network);

        ImmutableArray<Batch<float>> first = executable.Run([picture], ["5.pool", "6.same", "5.pool"], CancellationToken.None);
        float[] kept = [.. first[1].Elements];
        Array.Fill(first[0].Elements, 123);
        ImmutableArray<Batch<float>> second = executable.Run([picture], ["5.pool", "6.same", "5.pool"], CancellationToken.None);

        first[1].Elements.Should().Equal(kept);
        first[2].Elements.Should().Equal(kept);
        second[0].Elements.Should().Equal(kept);
        picture.Elements.Should().Equal(before);
    }

    [Fact]
    public void Batches_of_changing_size_run_in_one_executable()
    {
        var random = new Random(10);
        Network network = SampleNetworks.Detector(random);
        Batch<float> three = SampleNetworks.Picture(network, random, 3);
        using IExecutable<float> executable = Engines.Create(2).Compile(network);

        float[] together = executable.Run([three], ["12.double"], CancellationToken.None)[0].Elements;
        for (int i = 0; i < 3; i++)
        {
            Batch<float> one = new(1, three.Shape, three[i].ToArray());
            float[] alone = executable.Run([one], ["12.double"], CancellationToken.None)[0].Elements;
            alone.Should().Equal(together.AsSpan(i * alone.Length, alone.Length).ToArray());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        var random = new Random(11);
        var sketch = new NetworkSketch(random);
        Network network = sketch.Input("x", 40, 26, 27)
            .Node("a", sketch.Convolution(150, 40, 3), "x")
            .Node("b", new Activation(ActivationKind.Silu), "a")
            .Node("c", sketch.Convolution(200, 150, 1, stride: 2), "b")
            .Node("d", new GlobalAveragePool(), "c")
            .Node("e", sketch.Convolution(90, 200, 1), "d")
            .Node("f", new Softmax(), "c")
            .Build();
        Batch<float> pictures = SampleNetworks.Picture(network, random, 2);
        using IExecutable<float> one = Engines.Create(1).Compile(network);
        using IExecutable<float> several = Engines.Create(threads).Compile(network);

        ImmutableArray<Batch<float>> expected = one.Run([pictures], ["b", "e", "f"], CancellationToken.None);
        ImmutableArray<Batch<float>> actual = several.Run([pictures], ["b", "e", "f"], CancellationToken.None);

        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].Elements.AsSpan().SequenceEqual(expected[i].Elements).Should().BeTrue();
            expected[i].Elements.Distinct().Count().Should().BeGreaterThan(100, "otherwise equal bits would say nothing");
        }
    }
}
