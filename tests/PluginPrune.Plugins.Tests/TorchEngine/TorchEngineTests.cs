using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Options;
using PluginPrune.EngineTorch;
using PluginPrune.Plugins.Tests.ManagedEngine;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>The engine's options, what it tells of itself, where its time goes, and its numbers for channels.</summary>
public sealed class TorchEngineTests
{
    private static readonly string[] Reduced = ["act", "conv", "flat"];

    [Theory]
    [InlineData("device", "tpu", "*'tpu'*cpu, cuda*")]
    [InlineData("device", "cuda:x", "*'cuda:x'*")]
    [InlineData("half", "true", "*CUDA alone*")]
    [InlineData("threads", "-1", "*threads*")]
    public void Options_that_cannot_be_taken_are_refused(string name, string value, string message) =>
        FluentActions.Invoking(() => Torch.Engine((name, value))).Should().Throw<OptionException>().WithMessage(message);

    [Fact]
    public void The_plugin_contributes_one_engine_named_torch()
    {
        PluginFactory.Contributions(new TorchPlugin()).Should().ContainSingle().Which.Name.Should().Be("torch");
    }

    [TorchFact]
    public void It_tells_its_library_threads_and_devices()
    {
        EngineDescription description = ((IDescribedEngine)Torch.Engine(("threads", "3"))).Describe();

        description.Library.Should().MatchRegex(@"^libtorch \d+\.\d+");
        File.Exists(description.Path).Should().BeTrue();
        description.Threads.Should().Be(3);
        description.Devices[0].Should().Be("cpu");
    }

    [TorchFact]
    public void A_device_that_is_not_there_makes_it_unavailable()
    {
        var engine = (IDescribedEngine)Torch.Engine(("device", "cuda:63"));

        FluentActions.Invoking(engine.Describe).Should().Throw<EngineUnavailableException>().WithMessage("*cuda:63*");
    }

    [TorchFact]
    public void Inputs_that_do_not_fit_are_named()
    {
        using IExecutable<float> executable = Torch.Engine().Compile(SampleNetworks.TwoInputs(new Random(1)));

        Running(Zeros(1, 2, 3, 4)).Should().Throw<ArgumentException>().WithMessage("*takes 2 inputs (a, b); 1 were given*");
        Running(Zeros(1, 2, 3, 5), Zeros(1, 2, 1, 1)).Should().Throw<ArgumentException>().WithMessage("*'a' takes 2 x 3 x 4*2 x 3 x 5*");
        Running(Zeros(2, 2, 3, 4), Zeros(3, 2, 1, 1)).Should().Throw<ArgumentException>().WithMessage("*'b' has a batch of 3*'a' one of 2*");
        Running(Zeros(2, 2, 3, 4), null!).Should().Throw<ArgumentException>().WithMessage("*'b' is null*");
        FluentActions.Invoking(() => executable.Run([Zeros(1, 2, 3, 4), Zeros(1, 2, 1, 1)], ["z"], CancellationToken.None))
            .Should().Throw<ArgumentException>().WithMessage("*no value 'z'*");

        Action Running(params Batch<float>[] inputs) => () => executable.Run(inputs, ["y"], CancellationToken.None);
    }

    [TorchFact]
    public void A_profile_has_the_nodes_that_ran_in_their_order()
    {
        var random = new Random(2);
        Network network = SampleNetworks.Detector(random);
        Batch<float> picture = SampleNetworks.Picture(network, random, 1);
        using var executable = (IProfilingExecutable)Torch.Engine().Compile(network);
        executable.Run([picture], ["7.conv", "5.pool"], CancellationToken.None);

        ImmutableArray<NodeTime> times = executable.Profile([picture], ["7.conv", "5.pool"], CancellationToken.None);

        times.Select(static time => time.Node).Should().Equal("0.conv", "1.conv", "2.conv", "3.conv", "4.add", "5.pool", "7.conv");
        times.Should().OnlyContain(static time => time.Milliseconds > 0);
    }

    [TorchFact]
    public void Statistics_of_channels_equal_those_of_the_values_themselves()
    {
        var random = new Random(3);
        var sketch = new NetworkSketch(random);
        Network network = sketch.Input("x", 3, 9, 7)
            .Node("conv", sketch.Convolution(6, 3, 3), "x").Node("act", new Activation(ActivationKind.Relu), "conv")
            .Node("mean", new GlobalAveragePool(), "act").Node("flat", new Flatten(), "mean").Build();
        Batch<float> pictures = SampleNetworks.Picture(network, random, 5);
        using var executable = (IStatisticsExecutable)Torch.Engine().Compile(network);
        ChannelReduction[] reductions =
        [
            .. Reduced.SelectMany(static value => Enum.GetValues<ChannelStatistic>().Select(statistic => new ChannelReduction(value, statistic))),
        ];

        ImmutableArray<double[]> reduced = executable.Reduce([pictures], reductions, CancellationToken.None);

        for (int i = 0; i < reductions.Length; i++)
        {
            Batch<float> value = executable.Run([pictures], [reductions[i].Value], CancellationToken.None)[0];
            int plane = value.Shape.ElementsPerChannel;
            double[] expected =
            [
                .. Enumerable.Range(0, value.Shape.Channels).Select(channel => Reduce(
                    [.. Enumerable.Range(0, value.Size).SelectMany(picture => value[picture].Slice(channel * plane, plane).ToArray().Select(static x => (double)x))],
                    reductions[i].Statistic)),
            ];
            Comparison.ShouldBeClose(reduced[i], expected, 1e-6, reductions[i].ToString());
        }
    }

    private static double Reduce(double[] elements, ChannelStatistic statistic) => statistic switch
    {
        ChannelStatistic.Mean => elements.Average(),
        ChannelStatistic.MeanOfSquares => elements.Average(static x => x * x),
        ChannelStatistic.MeanOfAbsolutes => elements.Average(Math.Abs),
        ChannelStatistic.ShareOfZeros => elements.Count(static x => x == 0) / (double)elements.Length,
        _ => elements.Max(),
    };

    private static Batch<float> Zeros(int size, params int[] shape) => new(size, new Shape(shape), new float[size * new Shape(shape).Count]);
}
