using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Images;

namespace PluginPrune.Plugins.Tests.Evaluators;

public sealed class EvaluationServicesTests
{
    private static readonly DetectionSettings Settings = new() { Confidence = 0.2, IsMultiLabel = true, MaximumDetections = 20 };

    [Theory]
    [InlineData(1, ResizeMode.Stretch)]
    [InlineData(3, ResizeMode.Letterbox)]
    [InlineData(16, ResizeMode.Stretch)]
    public void Every_picture_is_found_on_as_if_it_were_alone(int batch, ResizeMode resize)
    {
        Network network = Evaluations.ReadSample();
        Dataset dataset = Pictures(10, static i => (80 + (13 * i), 150 - (9 * i)));
        EvaluationSubject subject = Evaluations.Subject(network);
        EvaluationContext context = Evaluations.Context(dataset, null, subject);

        PictureDetections[] found = [.. context.Services.Detect(context, subject, Settings with { BatchSize = batch, Resize = resize }, CancellationToken.None)];

        found.Select(static picture => picture.Item.Name).Should().Equal(dataset.Items.Select(static item => item.Name));
        found.Sum(static picture => picture.Detections.Length).Should().BeGreaterThan(10);
        foreach (PictureDetections picture in found)
        {
            ImmutableArray<Detection> alone = FindAlone(network, picture.Item, resize);
            picture.Detections.Select(static detection => detection.ClassIndex).Should().Equal(alone.Select(static detection => detection.ClassIndex));
            for (int i = 0; i < alone.Length; i++)
            {
                (Box box, Box expected) = (picture.Detections[i].Box, alone[i].Box);
                double[] apart = [box.Left - expected.Left, box.Top - expected.Top, box.Right - expected.Right, box.Bottom - expected.Bottom];
                apart.Max(Math.Abs).Should().BeLessThan(1e-6);
                picture.Detections[i].Score.Should().BeApproximately(alone[i].Score, 1e-9);
            }
        }
    }

    [Fact]
    public void Labels_come_in_pixels_and_in_the_networks_classes()
    {
        Network network = Named(Evaluations.ReadSample(), static i => i == 2 ? "aeroplane" : $"thing {i}");
        byte[] file = PictureFiles.Ppm(200, 100, seed: 1);
        DatasetItem item = Evaluations.Item("a.ppm", file, new ObjectLabel(0, new Box(0.1, 0.2, 0.5, 1.2)), new ObjectLabel(1, new Box(0, 0, 1, 1))) with { Unit = BoxUnit.Relative };
        var dataset = new Dataset("two", ["Airplane", "zebra"], [item]);
        var warnings = new List<string>();
        EvaluationSubject subject = Evaluations.Subject(network);
        EvaluationContext context = Evaluations.Context(dataset, warnings, subject);

        PictureDetections picture = context.Services.Detect(context, subject, Settings, CancellationToken.None).Single();
        _ = context.Services.Detect(context, subject, Settings, CancellationToken.None).ToArray();

        (picture.Width, picture.Height).Should().Be((200, 100));
        picture.Labels.Should().ContainSingle().Which.Should().Be(new ObjectLabel(2, new Box(20, 20, 100, 100)));
        warnings.Should().ContainSingle().Which.Should().Contain("'zebra'");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_damaged_picture_stops_the_work_or_is_passed_over(int batch)
    {
        Dataset whole = Pictures(5, static _ => (64, 64));
        Dataset dataset = whole with { Items = whole.Items.SetItem(2, Evaluations.Item("bad.ppm", [1, 2, 3])) };
        EvaluationSubject subject = Evaluations.Subject(Evaluations.ReadSample());
        EvaluationContext strict = Evaluations.Context(dataset, null, subject);
        var passed = new List<string>();
        EvaluationContext patient = new([subject], Evaluations.Services(new BadPictures(true, passed.Add))) { Dataset = dataset };

        Action stop = () => _ = strict.Services.Detect(strict, subject, Settings with { BatchSize = batch }, CancellationToken.None).ToArray();
        Action stopReading = () => _ = strict.Services.ReadBatches(strict, subject.Network, batch, CancellationToken.None).ToArray();

        stop.Should().Throw<InputException>().Which.File.Should().Be("bad.ppm");
        stopReading.Should().Throw<InputException>().Which.File.Should().Be("bad.ppm");
        patient.Services.Detect(patient, subject, Settings with { BatchSize = batch }, CancellationToken.None)
            .Select(static picture => picture.Item.Name).Should().Equal("0.ppm", "1.ppm", "3.ppm", "4.ppm");
        patient.Services.ReadBatches(patient, subject.Network, batch, CancellationToken.None).Sum(static read => read.Size).Should().Be(4);
        passed.Should().ContainSingle("it is told of once, however often it is read").Which.Should().Contain("bad.ppm");
    }

    [Fact]
    public void Without_a_dataset_batches_are_generated_and_one_seed_gives_one_row()
    {
        Network network = Evaluations.ReadSample();
        EvaluationSubject subject = Evaluations.Subject(network);
        EvaluationContext one = new([subject], Evaluations.Services()) { Seed = 4 };
        EvaluationContext other = new([subject], Evaluations.Services()) { Seed = 5 };

        float[][] first = [.. one.Services.ReadBatches(one, network, 2, CancellationToken.None).Take(2).Select(static batch => batch.Elements.ToArray())];
        float[][] again = [.. one.Services.ReadBatches(one, network, 1, CancellationToken.None).Take(4).Select(static batch => batch.Elements.ToArray())];
        float[] different = other.Services.ReadBatches(other, network, 1, CancellationToken.None).First().Elements;

        first.SelectMany(static elements => elements).Should().Equal(again.SelectMany(static elements => elements));
        first[0].Should().NotEqual(first[1]);
        different.Should().NotEqual(again[0]);
        first[0].Should().OnlyContain(static value => value >= 0 && value <= 1);
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        Network network = Evaluations.ReadSample();
        EvaluationSubject subject = Evaluations.Subject(network);
        EvaluationContext bare = Evaluations.Context(null, null, subject);
        EvaluationContext full = Evaluations.Context(Pictures(1, static _ => (9, 9)), null, subject);
        Network headless = network.With(network.Nodes, []);

        Action pictureless = () => _ = bare.Services.Detect(bare, subject, Settings, CancellationToken.None).ToArray();
        Action engineless = () => _ = full.Services.Detect(full, subject with { Engine = null }, Settings, CancellationToken.None).ToArray();
        Action meaningless = () => _ = full.Services.Detect(full, subject with { Network = headless }, Settings, CancellationToken.None).ToArray();

        pictureless.Should().Throw<EvaluationException>().Which.Message.Should().Contain("--data");
        engineless.Should().Throw<EvaluationException>().Which.Message.Should().Contain("engine");
        meaningless.Should().Throw<EvaluationException>().Which.Message.Should().Contain("no heads");
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var source = new CancellationTokenSource();
        EvaluationSubject subject = Evaluations.Subject(Evaluations.ReadSample());
        EvaluationContext context = Evaluations.Context(Pictures(40, static _ => (64, 64)), null, subject);

        Action cancelled = () =>
        {
            foreach (PictureDetections picture in context.Services.Detect(context, subject, Settings, source.Token))
            {
                source.Cancel();
            }
        };

        cancelled.Should().Throw<OperationCanceledException>();
    }

    private static Dataset Pictures(int count, Func<int, (int Width, int Height)> size) => new(
        "made", [], [.. Enumerable.Range(0, count).Select(i => Evaluations.Item($"{i}.ppm", PictureFiles.Ppm(size(i).Width, size(i).Height, i)))]);

    private static Network Named(Network network, Func<int, string> name)
    {
        int classes = DetectionHeads.Of(network, Evaluations.FindHead).Classes;
        return new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = [.. Enumerable.Range(0, classes).Select(name)] };
    }

    /// <summary>Step by step, without pipeline and threads.</summary>
    private static ImmutableArray<Detection> FindAlone(Network network, DatasetItem item, ResizeMode resize)
    {
        using Stream stream = item.Open();
        Picture picture = Picture.Read(stream, item.Name);
        Shape input = network.Inputs[0].Shape;
        PicturePlacement placement = PicturePlacement.Of(picture.Size, new PictureSize(input.Width, input.Height), resize);
        var batch = new Batch<float>(1, input, new float[input.Count]);
        new NetworkInputWriter(network.Inputs[0].Preprocessing).Write(picture, placement, batch.Elements);
        using IExecutable<float> executable = Evaluations.Engine().Compile(network);
        DetectionHeads heads = DetectionHeads.Of(network, Evaluations.FindHead);
        var candidates = new Candidates(heads.Classes, Settings.Confidence);
        heads.Decode(executable.Run([batch], heads.Values, CancellationToken.None), 0, candidates);
        return
        [
            .. new NonMaximumSuppression(Settings).Suppress(candidates)
                .Select(detection => detection with { Box = placement.Transform.ToPicture(detection.Box).Clip(picture.Width, picture.Height) })
                .Where(static detection => !detection.Box.IsEmpty),
        ];
    }
}
