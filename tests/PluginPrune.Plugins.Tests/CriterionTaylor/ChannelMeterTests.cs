using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Measuring;
using PluginPrune.Core.Training;
using PluginPrune.Plugins.Tests.TorchEngine;
using PluginPrune.Plugins.Tests.WeightCriteria;

namespace PluginPrune.Plugins.Tests.CriterionTaylor;

/// <summary>What is measured of channels on labelled pictures.</summary>
public sealed class ChannelMeterTests
{
    [TorchTheory]
    [InlineData("yolo", 3)]
    [InlineData("yolov5", 3)]
    [InlineData("classify", 3)]
    [InlineData("yolo", 1)]
    [InlineData("yolov5", 1)]
    [InlineData("classify", 1)]
    public void Measures_are_the_mean_squares_of_differences_of_the_loss(string kind, int batchSize)
    {
        Network network = MeasuredNetworks.Of(kind);
        ChannelMeasure[] measures = [.. network.Nodes.SelectMany(Measurable)];
        measures.Select(static measure => measure.Kind).Distinct().Should().HaveCount(3);

        ImmutableArray<double[]> found = Measure(MeasuredNetworks.Meter(kind, 5), network, measures, batchSize);

        double largest = 0;
        for (int i = 0; i < measures.Length; i++)
        {
            double[] wanted = ObviousMeasure.Of(network, measures[i], 5, batchSize);
            found[i].Should().HaveCount(wanted.Length);
            largest = Math.Max(largest, wanted.Max());
            for (int channel = 0; channel < wanted.Length; channel++)
            {
                // Of what nearly cancels out, rounding leaves a little.
                Math.Sqrt(found[i][channel]).Should().BeApproximately(
                    Math.Sqrt(wanted[channel]), (1e-3 * Math.Sqrt(wanted[channel])) + (1e-4 * Math.Sqrt(wanted.Max())), $"channel {channel} of {measures[i]}");
            }
        }

        largest.Should().BeGreaterThan(1e-6);
    }

    [TorchFact]
    public void One_seed_gives_one_result_another_draws_other_pictures_and_more_pictures_than_there_are_are_all()
    {
        Network network = MeasuredNetworks.Of("yolo");
        ChannelMeasure[] measures = [.. network.Nodes.SelectMany(Measurable)];

        double[] first = Flat(Measure(MeasuredNetworks.Meter("yolo", 12), network, measures, 2, pictures: 4, seed: 5));
        double[] again = Flat(Measure(MeasuredNetworks.Meter("yolo", 12), network, measures, 2, pictures: 4, seed: 5));
        double[] other = Flat(Measure(MeasuredNetworks.Meter("yolo", 12), network, measures, 2, pictures: 4, seed: 6));
        double[] all = Flat(Measure(MeasuredNetworks.Meter("yolo", 12), network, measures, 1, pictures: 12));
        double[] more = Flat(Measure(MeasuredNetworks.Meter("yolo", 12), network, measures, 1, pictures: 1000));

        again.Should().Equal(first);
        other.Should().NotEqual(first);
        more.Should().Equal(all);
    }

    [TorchTheory]
    [InlineData("yolov5", 1)]
    [InlineData("classify", 1)]
    [InlineData("yolo", 2)]
    public void Several_at_once_give_the_bits_of_one_after_the_other(string kind, int batchSize)
    {
        Network network = MeasuredNetworks.Of(kind);
        ChannelMeasure[] measures = [.. network.Nodes.SelectMany(Measurable)];
        int batches = 0;
        ChannelMeter alone = MeasuredNetworks.Meter(kind, 23);
        var together = new ChannelMeter((Contracts.Training.ITrainingEngine)Torch.Engine(("threads", "3")), MeasuredNetworks.Pictures(kind, 23), MeasuredNetworks.FindHead)
        {
            Track = work => batches = work(static _ => { }),
        };

        double[] many = Flat(Measure(together, network, measures, batchSize, pictures: 23));

        many.Should().Equal(Flat(Measure(alone, network, measures, batchSize, pictures: 23)));
        many.Should().Contain(static measure => measure > 0);
        batches.Should().Be((23 + batchSize - 1) / batchSize);
    }

    [TorchFact]
    public void Of_several_at_once_the_first_that_fails_is_told_and_nothing_goes_on_after_a_cancellation()
    {
        Network network = MeasuredNetworks.Of("yolo");
        ChannelMeter meter = MeasuredNetworks.Meter("yolo", 12, threads: 3);
        var gate = new ChannelMeasure(MeasuredNetworks.Normalized, ChannelMeasureKind.TaylorGates);
        string alone = FluentActions.Invoking(() => Measure(MeasuredNetworks.Meter("yolo", 12), WithGamma(network, float.NaN), [gate], 1)).Should().Throw<TrainingException>().Which.Message;

        FluentActions.Invoking(() => Measure(meter, WithGamma(network, float.NaN), [gate], 1)).Should().Throw<TrainingException>().WithMessage(alone);
        using var stop = new CancellationTokenSource();
        var stopped = new ChannelMeter((Contracts.Training.ITrainingEngine)Torch.Engine(("threads", "3")), MeasuredNetworks.Pictures("yolo", 12), MeasuredNetworks.FindHead)
        {
            Track = work => work(_ => stop.Cancel()),
        };
        FluentActions.Invoking(() => stopped.Measure(network, new ChannelMeasurement([gate], 12) { BatchSize = 1 }, 0, stop.Token)).Should().Throw<OperationCanceledException>();
        Measure(meter, network, [gate], 1)[0].Should().Contain(static measure => measure > 0, "another one is not disturbed by it");
    }

    [TorchFact]
    public void What_is_known_is_not_measured_again_and_is_not_changed_by_who_asked()
    {
        Network network = MeasuredNetworks.Of("yolo");
        int runs = 0;
        var meter = new ChannelMeter((Contracts.Training.ITrainingEngine)Torch.Engine(), MeasuredNetworks.Pictures("yolo", 4), MeasuredNetworks.FindHead)
        {
            Track = work =>
            {
                runs++;
                return work(static _ => { });
            },
        };
        var gate = new ChannelMeasure(MeasuredNetworks.Normalized, ChannelMeasureKind.TaylorGates);
        var scale = gate with { Kind = ChannelMeasureKind.TaylorScales };

        double[] first = Measure(meter, network, [gate, gate], 2)[1];
        double[] before = [.. first];
        Array.Clear(first);
        ImmutableArray<double[]> both = Measure(meter, network, [scale, gate], 2);
        Measure(meter, network, [gate, scale], 2);

        runs.Should().Be(2);
        both[1].Should().Equal(before);
        Measure(meter, network, [gate], 1)[0].Should().NotEqual(before, "batches of another size were asked for");
        runs.Should().Be(3);
    }

    [TorchFact]
    public void Scaling_a_layer_and_its_readers_inversely_changes_nothing()
    {
        Network network = MeasuredNetworks.Of("yolo");
        Network scaled = network.With(
            network.Nodes.Select(static node => node switch
            {
                { Id: MeasuredNetworks.Normalized, Operation: BatchNorm norm } => node with { Operation = norm with { Gamma = WeightOf.Scaled(norm.Gamma, 8), Beta = WeightOf.Scaled(norm.Beta, 8) } },
                { Id: "n3", Operation: Convolution reader } => node with { Operation = reader with { Weight = WeightOf.Scaled(reader.Weight, 1 / 8f) } },
                _ => node,
            }),
            network.Heads);
        ChannelMeasure[] measures = [.. network.Nodes.SelectMany(Measurable)];

        double[] before = Flat(Measure(MeasuredNetworks.Meter("yolo", 4), network, measures, 2));
        double[] after = Flat(Measure(MeasuredNetworks.Meter("yolo", 4), scaled, measures, 2));

        for (int i = 0; i < before.Length; i++)
        {
            after[i].Should().BeApproximately(before[i], (1e-4 * before[i]) + 1e-12);
        }
    }

    [TorchFact]
    public void What_cannot_be_measured_says_why()
    {
        Network network = MeasuredNetworks.Of("yolo");
        ChannelMeter meter = MeasuredNetworks.Meter("yolo", 4);
        var gate = new ChannelMeasure(MeasuredNetworks.Normalized, ChannelMeasureKind.TaylorGates);

        Invoking(network, gate with { Node = "gone" }).Should().Throw<ArgumentException>().WithMessage("The network has no node 'gone'*");
        Invoking(network, gate with { Kind = ChannelMeasureKind.TaylorFilters }).Should().Throw<ArgumentException>().WithMessage("*n1*has no TaylorFilters*");
        FluentActions.Invoking(() => Measure(meter, network, [gate], 0)).Should().Throw<ArgumentOutOfRangeException>();
        Invoking(network.With(network.Nodes, []), gate).Should().Throw<TrainingException>().WithMessage("*has no heads*");
        Invoking(WithGamma(network, float.NaN), gate).Should().Throw<TrainingException>().WithMessage("The * loss is NaN on the pictures *.ppm*");
        FluentActions.Invoking(() => meter.Measure(network, new ChannelMeasurement(default, 4), 0, CancellationToken.None)).Should().Throw<ArgumentException>().WithMessage("Nothing says what is to be measured.*");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        FluentActions.Invoking(() => meter.Measure(network, new ChannelMeasurement([gate], 4), 0, stop.Token)).Should().Throw<OperationCanceledException>();

        Action Invoking(Network asked, ChannelMeasure measure) => () => Measure(meter, asked, [measure], 2);
    }

    [TorchTheory]
    [InlineData("yolo")]
    [InlineData("classify")]
    public void Pictures_of_which_nothing_is_said_are_refused(string kind)
    {
        Network network = MeasuredNetworks.Of(kind);

        FluentActions.Invoking(() => Measure(MeasuredNetworks.Meter(kind, 3, isLabelled: false), network, [new ChannelMeasure(MeasuredNetworks.Normalized, ChannelMeasureKind.TaylorGates)], 1, pictures: 2))
            .Should().Throw<TrainingException>().WithMessage("None of the 2 pictures drawn from 'noise' has a label of a class that the network knows: *");
    }

    [TorchFact]
    public void A_derivative_that_is_no_number_is_refused_by_its_layer()
    {
        // What is read of it is 0 and times a huge number; back comes more than single precision holds.
        Network network = MeasuredNetworks.Of("classify");
        Network wild = network.With(
            network.Nodes.Select(static node => node switch
            {
                { Id: MeasuredNetworks.Normalized, Operation: BatchNorm norm } => node with { Operation = norm with { Gamma = WeightOf.Scaled(norm.Gamma, 0), Beta = WeightOf.Scaled(norm.Beta, 0) } },
                { Id: "n3", Operation: Convolution reader } => node with { Operation = reader with { Weight = WeightOf.Scaled(reader.Weight, 1e38f) } },
                { Id: MeasuredNetworks.Pooled, Operation: BatchNorm norm } => node with { Operation = norm with { Mean = WeightOf.Scaled(norm.Mean, 0), Variance = WeightOf.Scaled(norm.Variance, 1e-37f), Epsilon = 1e-38 } },
                _ => node,
            }),
            network.Heads);

        FluentActions.Invoking(() => Measure(MeasuredNetworks.Meter("classify", 2), wild, [new ChannelMeasure(MeasuredNetworks.Normalized, ChannelMeasureKind.TaylorGates)], 2))
            .Should().Throw<TrainingException>().WithMessage("*layer n1 (n1) is not a finite number on the pictures *0.ppm*");
    }

    private static Network WithGamma(Network network, float value) => network.With(
        network.Nodes.Select(node => node.Id == MeasuredNetworks.Normalized && node.Operation is BatchNorm norm ? node with { Operation = norm with { Gamma = norm.Gamma.WithFloats([.. norm.Gamma.Floats.ToArray().Select(_ => value)]) } } : node),
        network.Heads);

    private static IEnumerable<ChannelMeasure> Measurable(Node node) => node.Operation switch
    {
        BatchNorm => [new(node.Id, ChannelMeasureKind.TaylorGates), new(node.Id, ChannelMeasureKind.TaylorScales)],
        Convolution or Linear => [new(node.Id, ChannelMeasureKind.TaylorGates), new(node.Id, ChannelMeasureKind.TaylorFilters)],
        _ => [],
    };

    private static ImmutableArray<double[]> Measure(ChannelMeter meter, Network network, ChannelMeasure[] measures, int batchSize, int pictures = 5, int seed = 0) =>
        meter.Measure(network, new ChannelMeasurement([.. measures], pictures) { BatchSize = batchSize }, seed, CancellationToken.None);

    private static double[] Flat(ImmutableArray<double[]> values) => [.. values.SelectMany(static layer => layer)];
}
