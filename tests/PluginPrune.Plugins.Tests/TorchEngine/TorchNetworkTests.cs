using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Plugins.Tests.ManagedEngine;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.TorchEngine;

public sealed class TorchNetworkTests
{
    [TorchTheory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(75)]
    public void A_hundred_networks_of_chance_agree_with_the_embedded_engine(int first)
    {
        for (int seed = first; seed < first + 25; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: seed % 2 == 0, preservesZero: false);

            Agreement.Check(network, new Random(seed), pictures: (seed % 3) + 1, range: 1, [.. network.Outputs]);
        }
    }

    [TorchFact]
    public void Every_value_can_be_asked_for_at_once_and_on_its_own()
    {
        for (int seed = 200; seed < 203; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            string[] all = [.. network.Nodes.Select(static node => node.Id)];
            using IExecutable<float> executable = Torch.Engine().Compile(network);

            Agreement.Check(network, executable, new Random(seed), 1, 1, all);
            foreach (string value in all)
            {
                Agreement.Check(network, executable, new Random(seed), 1, 1, value);
            }
        }
    }

    [TorchTheory]
    [InlineData("0.conv", "0.act")]
    [InlineData("0.bn", "12.double")]
    [InlineData("2.bn", "2.act")]
    [InlineData("4.add", "5.pool")]
    public void A_value_that_fusing_hides_can_be_asked_for_beside_what_hides_it(string hidden, string output)
    {
        var random = new Random(7);

        Agreement.Check(SampleNetworks.Detector(random), random, 2, 1, hidden, output);
    }

    [TorchFact]
    public void An_activation_before_a_pool_may_wait_for_it_unless_somebody_else_wants_it()
    {
        foreach (ActivationKind kind in Enum.GetValues<ActivationKind>())
        {
            var random = new Random(3);
            var sketch = new NetworkSketch(random);
            Network network = sketch.Input("x", 3, 12, 12)
                .Node("conv", sketch.Convolution(8, 3, 3), "x")
                .Node("bn", sketch.Norm(8), "conv")
                .Node("act", new Activation(kind) { Slope = -0.3 }, "bn")
                .Node("pool", new MaxPool(Extent.Square(2), Extent.Square(2), default), "act")
                .Node("plain", new Activation(kind), "pool")
                .Node("again", new MaxPool(Extent.Square(3), Extent.Square(1), Padding.Same(1)), "plain")
                .Node("other", new GlobalAveragePool(), "act")
                .Build();

            Agreement.Check(network, random, 1, 4, "pool");
            Agreement.Check(network, random, 1, 4, "again");
            Agreement.Check(network, random, 1, 4, "again", "act", "plain");
            Agreement.Check(network, random, 1, 4, "other", "again");
        }
    }

    [TorchFact]
    public void Results_belong_to_the_caller()
    {
        var random = new Random(9);
        Network network = SampleNetworks.Detector(random);
        Batch<float> picture = SampleNetworks.Picture(network, random, 1);
        using IExecutable<float> executable = Torch.Engine().Compile(network);

        ImmutableArray<Batch<float>> first = executable.Run([picture], ["5.pool", "6.same", "5.pool"], CancellationToken.None);
        float[] kept = [.. first[1].Elements];
        Array.Fill(first[0].Elements, 123);
        ImmutableArray<Batch<float>> second = executable.Run([picture], ["5.pool", "6.same", "5.pool"], CancellationToken.None);

        first[1].Elements.Should().Equal(kept);
        first[2].Elements.Should().Equal(kept);
        second[0].Elements.Should().Equal(kept);
    }

    [TorchFact]
    public void Batches_of_changing_size_run_in_one_executable()
    {
        var random = new Random(10);
        Network network = SampleNetworks.Detector(random);
        using IExecutable<float> executable = Torch.Engine().Compile(network);

        foreach (int pictures in new[] { 3, 1, 5, 3 })
        {
            Agreement.Check(network, executable, random, pictures, 1, "12.double", "16.add");
        }
    }

    [TorchFact]
    public void Executables_run_beside_each_other_with_threads_of_their_own()
    {
        Parallel.For(0, 6, i =>
        {
            var random = new Random(i);
            Network network = SampleNetworks.Detector(random);
            using IExecutable<float> executable = Torch.Engine(("threads", i % 2 == 0 ? "1" : "2")).Compile(network);
            for (int round = 0; round < 5; round++)
            {
                Agreement.Check(network, executable, random, (i % 3) + 1, 1, [.. network.Outputs]);
            }
        });
    }

    [TorchFact]
    public void What_the_engine_does_not_know_is_refused_by_name()
    {
        var shape = new Shape(3, 4, 4);
        Network network = new NetworkSketch(new Random(1)).Input("x", 3, 4, 4).Node("odd", new Opaque("Einsum", shape, []), "x").Build();

        FluentActions.Invoking(() => Torch.Engine().Compile(network)).Should().Throw<NotSupportedException>().WithMessage("odd (*opaque 'Einsum'*");
    }
}
