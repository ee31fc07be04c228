using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Measuring;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Measuring;

/// <summary>What layers read, against what the inputs say when each is looked up by itself.</summary>
public sealed class InputMeterTests
{
    private const int Count = 5;

    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Fact]
    public void Inputs_vary_together_as_every_place_of_every_picture_says()
    {
        int compared = 0;
        for (int seed = 0; seed < 8; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            Node[] layers = [.. network.Nodes.Where(static node => node.Operation is Linear || (node.Operation is Convolution layer && layer.InputChannels * layer.Kernel.Height * layer.Kernel.Width <= 80))];

            InputStatistics found = Meter().Measure(network, new InputMeasurement([.. layers.Select(static layer => layer.Id)], Count), 0, CancellationToken.None);

            for (int i = 0; i < layers.Length; i++)
            {
                double[][] samples = [.. Samples(network, layers[i])];
                double[] means = [.. Enumerable.Range(0, samples[0].Length).Select(input => samples.Average(sample => sample[input]))];
                found.Layers[i].Inputs.Should().Be(means.Length);
                for (int input = 0; input < means.Length; input++)
                {
                    found.Layers[i].Means[input].Should().BeApproximately(means[input], 1e-4 * Math.Max(0.1, Math.Abs(means[input])));
                    double deviation = Math.Sqrt(samples.Average(sample => sample[input] * sample[input]));
                    for (int other = 0; other <= input; other++)
                    {
                        double expected = samples.Average(sample => (sample[input] - means[input]) * (sample[other] - means[other]));
                        found.Layers[i].Covariance[(input * means.Length) + other].Should().BeApproximately(
                            expected, 1e-4 * Math.Max(1e-2, deviation * Math.Sqrt(samples.Average(sample => sample[other] * sample[other]))), "inputs {0} and {1} of {2}, seed {3}", input, other, layers[i], seed);
                        found.Layers[i].Covariance[(other * means.Length) + input].Should().Be(found.Layers[i].Covariance[(input * means.Length) + other]);
                        compared++;
                    }
                }
            }
        }

        compared.Should().BeGreaterThan(10_000);
    }

    [Fact]
    public void Values_have_their_means_and_variances()
    {
        Network network = RandomNetworks.Make(2, isPadded: true, preservesZero: false);
        Node value = network.Nodes.First(static node => node.Operation is Add);

        ValueMoments found = Meter().Measure(network, new InputMeasurement([], Count) { Values = [value.Id] }, 0, CancellationToken.None).Values.Should().ContainSingle().Subject;

        using IExecutable<float> executable = Engine.Compile(network);
        Batch<float>[] made = [.. Batches(network, Count).Select(batch => executable.Run([batch], [value.Id], CancellationToken.None)[0])];
        int places = made[0].Shape.ElementsPerChannel;
        for (int channel = 0; channel < made[0].Shape.Channels; channel++)
        {
            double[] all = [.. made.SelectMany(batch => Enumerable.Range(0, batch.Size).SelectMany(picture => batch[picture].Slice(channel * places, places).ToArray())).Select(static element => (double)element)];
            found.Means[channel].Should().BeApproximately(all.Average(), 1e-4);
            found.Variances[channel].Should().BeApproximately(all.Average(element => Math.Pow(element - all.Average(), 2)), 1e-4 * Math.Max(1, all.Average(static element => element * element)));
        }
    }

    [Fact]
    public void One_seed_gives_the_same_bits_on_any_number_of_threads_and_another_other_pictures()
    {
        Network network = RandomNetworks.Make(5, isPadded: true, preservesZero: false);
        var measurement = new InputMeasurement([.. network.Nodes.Where(static node => node.Operation is Convolution { Groups: 1 }).Select(static node => node.Id)], 2);

        InputStatistics alone = Meter(threads: 1).Measure(network, measurement, 3, CancellationToken.None);
        InputStatistics together = Meter(threads: 2).Measure(network, measurement, 3, CancellationToken.None);
        InputStatistics other = Meter(threads: 1).Measure(network, measurement, 4, CancellationToken.None);

        alone.Layers.Zip(together.Layers).Should().AllSatisfy(static pair => pair.First.Covariance.Should().Equal(pair.Second.Covariance));
        alone.Layers.Zip(other.Layers).Should().Contain(static pair => !pair.First.Covariance.SequenceEqual(pair.Second.Covariance));
    }

    [Fact]
    public void What_cannot_be_measured_is_said()
    {
        Network network = RandomNetworks.Make(5, isPadded: true, preservesZero: false);
        string activation = network.Nodes.First(static node => node.Operation is Activation).Id;

        FluentActions.Invoking(() => Measure(["gone"])).Should().Throw<ArgumentException>().WithMessage("*no node 'gone'*");
        FluentActions.Invoking(() => Measure([activation])).Should().Throw<ArgumentException>().WithMessage("*no convolution and no linear layer*");
        FluentActions.Invoking(() => Meter().Measure(network, new InputMeasurement([], 1) { Values = ["gone"] }, 0, CancellationToken.None)).Should().Throw<ArgumentException>().WithMessage("*no node 'gone'*");
        FluentActions.Invoking(() => Meter().Measure(network, new InputMeasurement([], 0), 0, CancellationToken.None)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Meter(pictures: 0).Measure(network, new InputMeasurement([], 1), 0, CancellationToken.None)).Should().Throw<RecalibrationException>().WithMessage("*no picture*");

        void Measure(string[] layers) => Meter().Measure(network, new InputMeasurement([.. layers], 1), 0, CancellationToken.None);
    }

    [Fact]
    public void What_is_not_finite_is_told_with_the_layer()
    {
        var builder = new NetworkBuilder(1, 3, 8, 8);
        string broken = builder.Conv("input", 4);
        string reader = builder.Conv(builder.Act(broken), 4);
        builder.Head(reader);
        Network network = builder.Build();
        network = network.With(
            network.Nodes.Select(node => node.Id == broken && node.Operation is Convolution layer ? node with { Operation = layer with { Weight = layer.Weight.WithFloats([.. Enumerable.Repeat(float.NaN, layer.Weight.Count)]) } } : node),
            network.Heads);

        FluentActions.Invoking(() => Meter().Measure(network, new InputMeasurement([reader], Count), 0, CancellationToken.None)).Should().Throw<RecalibrationException>().WithMessage($"*{network[reader]}*not finite*");
    }

    private static InputMeter Meter(int threads = 1, int pictures = Count) => new(
        Engine,
        new Dataset("made up", [], [.. Enumerable.Range(0, pictures).Select(static i => new DatasetItem($"{i}", static () => Stream.Null, []))]),
        static (network, drawn, _) => drawn.Items.Length == Count ? Batches(network, Count) : drawn.Items.Select(item => Single(network, item.Name)))
    {
        Parallel = new ParallelOptions { MaxDegreeOfParallelism = threads },
    };

    private static Batch<float> Single(Network network, string name) => Pictures.Batches(network.Inputs[0].Shape, name[0], 1).First();

    private static IEnumerable<Batch<float>> Batches(Network network, int count) => Pictures.Batches(network.Inputs[0].Shape, 9, 2, count - 2);

    /// <summary>What is under the kernel, place by place.</summary>
    private static IEnumerable<double[]> Samples(Network network, Node layer)
    {
        string input = layer.Inputs[0];
        Shape shape = network.ShapeOf(input);
        Shape output = network.ShapeOf(layer.Id);
        using IExecutable<float> executable = Engine.Compile(network);
        foreach (Batch<float> batch in Batches(network, Count))
        {
            Batch<float> read = input == network.Inputs[0].Name ? batch : executable.Run([batch], [input], CancellationToken.None)[0];
            for (int picture = 0; picture < read.Size; picture++)
            {
                float[] elements = read[picture].ToArray();
                for (int place = 0; place < (layer.Operation is Convolution ? output.ElementsPerChannel : 1); place++)
                {
                    yield return layer.Operation is Convolution convolution
                        ? [.. from channel in Enumerable.Range(0, shape.Channels)
                              from row in Enumerable.Range(0, convolution.Kernel.Height)
                              from column in Enumerable.Range(0, convolution.Kernel.Width)
                              let y = (place / output.Width * convolution.Stride.Height) - convolution.Padding.Top + (row * convolution.Dilation.Height)
                              let x = (place % output.Width * convolution.Stride.Width) - convolution.Padding.Left + (column * convolution.Dilation.Width)
                              select y >= 0 && y < shape.Height && x >= 0 && x < shape.Width ? elements[(((channel * shape.Height) + y) * shape.Width) + x] : 0.0]
                        : [.. elements.Select(static element => (double)element)];
                }
            }
        }
    }
}
