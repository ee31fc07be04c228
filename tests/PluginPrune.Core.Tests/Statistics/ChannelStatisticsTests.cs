using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Statistics;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Statistics;

public sealed class ChannelStatisticsTests
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Fact]
    public void Reduce_EveryStatisticOfEveryValue_IsWhatTheDefinitionSays()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            ChannelReduction[] wanted =
            [
                .. network.Nodes.Select(static node => node.Id).Append("input")
                    .SelectMany(static value => Enum.GetValues<ChannelStatistic>().Select(statistic => new ChannelReduction(value, statistic))),
            ];

            ImmutableArray<double[]> results = new ChannelStatisticsService(Engine).Reduce(network, wanted, Batches(network, 3, 1, 2), CancellationToken.None);

            using IExecutable<float> executable = Engine.Compile(network);
            string[] nodes = [.. network.Nodes.Select(static node => node.Id)];
            Batch<float>[] all = [.. Batches(network, 6).Concat(executable.Run([.. Batches(network, 6)], nodes, CancellationToken.None))];
            for (int i = 0; i < wanted.Length; i++)
            {
                double[] naive = Naive(all[Array.IndexOf(nodes, wanted[i].Value) + 1], wanted[i].Statistic);
                results[i].Should().HaveSameCount(naive);
                results[i].Zip(naive).Should().OnlyContain(
                    pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Max(1, Math.Abs(pair.Second)), "{0} of seed {1}", wanted[i], seed);
            }
        }
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(200_000L)]
    [InlineData(1L << 40)]
    public void Reduce_LittleMemory_GivesTheSame(long bytes)
    {
        Network network = RandomNetworks.Make(3, isPadded: true, preservesZero: false);
        ChannelReduction[] wanted = [.. network.Nodes.Select(static node => new ChannelReduction(node.Id, ChannelStatistic.MeanOfSquares))];

        ImmutableArray<double[]> results = new ChannelStatisticsService(Engine) { MemoryBytes = bytes }.Reduce(network, wanted, Batches(network, 5, 2), CancellationToken.None);

        ImmutableArray<double[]> freely = new ChannelStatisticsService(Engine).Reduce(network, wanted, Batches(network, 5, 2), CancellationToken.None);
        results.SelectMany(static result => result).Should().Equal(freely.SelectMany(static result => result));
    }

    [Fact]
    public void Reduce_EngineThatReducesItself_IsAskedAndNothingElse()
    {
        Network network = RandomNetworks.Make(3, isPadded: true, preservesZero: false);
        ChannelReduction[] wanted = [.. network.Nodes.SelectMany(static node => Enum.GetValues<ChannelStatistic>().Select(statistic => new ChannelReduction(node.Id, statistic)))];

        ImmutableArray<double[]> results = new ChannelStatisticsService(new ReducingEngine()).Reduce(network, wanted, Batches(network, 4, 1), CancellationToken.None);

        ImmutableArray<double[]> here = new ChannelStatisticsService(Engine).Reduce(network, wanted, Batches(network, 4, 1), CancellationToken.None);
        results.SelectMany(static result => result).Zip(here.SelectMany(static result => result))
            .Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Max(1, Math.Abs(pair.Second)));
    }

    [Fact]
    public void Reduce_NotANumberAnywhere_ShowsInItsChannel()
    {
        var b = new NetworkBuilder(1);
        string value = b.Act("input", ActivationKind.Relu);
        b.Head(b.Conv(value, 2, 1));
        Network network = b.Build();
        Batch<float> batch = Batches(network, 2).Single();
        batch[1][^1] = float.PositiveInfinity;

        ImmutableArray<double[]> results = new ChannelStatisticsService(Engine).Reduce(
            network, [new(value, ChannelStatistic.Mean), new(value, ChannelStatistic.Maximum)], [batch], CancellationToken.None);

        results.Should().AllSatisfy(static result => result.Select(double.IsFinite).Should().Equal(true, true, false));
    }

    [Fact]
    public void Reduce_NoPictureOrUnknownValue_IsRefused()
    {
        Network network = RandomNetworks.Make(3, isPadded: true, preservesZero: false);
        var service = new ChannelStatisticsService(Engine);

        Action none = () => service.Reduce(network, [new("n0", ChannelStatistic.Mean)], [], CancellationToken.None);
        Action unknown = () => service.Reduce(network, [new("x", ChannelStatistic.Mean)], Batches(network, 1), CancellationToken.None);

        none.Should().Throw<ArgumentException>().WithMessage("*no picture*");
        unknown.Should().Throw<ArgumentException>().WithMessage("*no value 'x'*");
    }

    private static IEnumerable<Batch<float>> Batches(Network network, params int[] sizes) => Pictures.Batches(network.Inputs[0].Shape, 7, sizes);

    private static double[] Naive(Batch<float> batch, ChannelStatistic statistic)
    {
        int places = batch.Shape.ElementsPerChannel;
        return
        [
            .. Enumerable.Range(0, batch.Shape.Channels).Select(channel =>
            {
                double[] elements = [.. Enumerable.Range(0, batch.Size).SelectMany(picture => batch[picture].Slice(channel * places, places).ToArray()).Select(static value => (double)value)];
                return statistic switch
                {
                    ChannelStatistic.Mean => elements.Average(),
                    ChannelStatistic.MeanOfSquares => elements.Average(static value => value * value),
                    ChannelStatistic.MeanOfAbsolutes => elements.Average(Math.Abs),
                    ChannelStatistic.ShareOfZeros => elements.Average(static value => value == 0 ? 1.0 : 0),
                    _ => elements.Max(),
                };
            }),
        ];
    }

    /// <summary>The embedded engine, but one that hands no value out.</summary>
    private sealed class ReducingEngine : IEngine
    {
        public IExecutable<float> Compile(Network network) => new Executable(Engine.Compile(network));

        private sealed class Executable(IExecutable<float> inner) : IStatisticsExecutable
        {
            public void Dispose() => inner.Dispose();

            public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken) =>
                throw new InvalidOperationException("It can reduce, and is asked for values.");

            public ImmutableArray<double[]> Reduce(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<ChannelReduction> reductions, CancellationToken cancellationToken)
            {
                ImmutableArray<Batch<float>> values = inner.Run(inputs, [.. reductions.Select(static reduction => reduction.Value)], cancellationToken);
                return [.. values.Zip(reductions, static (value, reduction) => Naive(value, reduction.Statistic))];
            }
        }
    }
}
