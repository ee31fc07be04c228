using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Data;
using PluginPrune.Core.Images;
using PluginPrune.Core.Tests.Images;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loading;

public sealed class TrainingLoaderTests
{
    private static readonly AugmentationSettings Everything = AugmentationPresets.YoloV5 with
    {
        Mosaic = 0.6,
        Mixup = 0.4,
        MixupAlpha = 0.7,
        MixupWeighs = true,
        Rotation = 20,
        Shear = 5,
        FlipVertical = 0.3,
    };

    private static readonly Func<int, PictureSize> Sizes = static batch => batch % 3 == 1 ? new PictureSize(96, 64) : new PictureSize(64, 48);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1 << 14)]
    [InlineData(4, 1 << 30)]
    public void Threads_and_what_is_kept_in_memory_change_not_one_bit(int threads, long cacheBytes)
    {
        ImmutableArray<DatasetItem> items = Scene.Noise(23);
        List<Seen> expected = Read(new TrainingLoader(items, Scene.Options(Everything) with { Threads = 1 }), new TrainingEpoch(3) { SizeOf = Sizes });
        var sut = new TrainingLoader(items, Scene.Options(Everything) with { Threads = threads, CacheBytes = cacheBytes });

        List<Seen> first = Read(sut, new TrainingEpoch(3) { SizeOf = Sizes });
        List<Seen> again = Read(sut, new TrainingEpoch(3) { SizeOf = Sizes });

        Same(first, expected);
        Same(again, expected);
    }

    [Fact]
    public void A_batch_of_more_pictures_than_there_are_is_all_of_them()
    {
        var sut = new TrainingLoader(Scene.Noise(5), Scene.Options(Everything) with { BatchSize = int.MaxValue });

        sut.BatchCount.Should().Be(1);
        sut.Read(new TrainingEpoch(0), CancellationToken.None).Should().ContainSingle().Which.Input.Size.Should().Be(5);
    }

    [Fact]
    public void Who_begins_in_the_middle_gets_what_would_have_come()
    {
        var sut = new TrainingLoader(Scene.Noise(23), Scene.Options(Everything));
        List<Seen> whole = Read(sut, new TrainingEpoch(5) { SizeOf = Sizes });

        for (int first = 0; first <= sut.BatchCount; first++)
        {
            var fresh = new TrainingLoader(Scene.Noise(23), Scene.Options(Everything));
            Same(Read(fresh, new TrainingEpoch(5) { SizeOf = Sizes, FirstBatch = first }), whole[first..]);
        }
    }

    [Fact]
    public void The_last_batch_has_what_is_left_and_each_picture_comes_once_an_epoch()
    {
        var sut = new TrainingLoader(Scene.Noise(23), Scene.Options(AugmentationPresets.None));

        List<Seen> epoch = Read(sut, new TrainingEpoch(0));

        sut.BatchCount.Should().Be(6);
        epoch.Select(static batch => batch.Targets.Count).Should().Equal(4, 4, 4, 4, 4, 3);
        epoch.Select(static batch => batch.Index).Should().Equal(0, 1, 2, 3, 4, 5);
        epoch.SelectMany(static batch => batch.Files).Select(static files => files.Single()).Should().OnlyHaveUniqueItems().And.HaveCount(23);
    }

    [Fact]
    public void Epochs_and_seeds_have_orders_of_their_own_unless_they_shall_not()
    {
        ImmutableArray<DatasetItem> items = Scene.Noise(23);
        var sut = new TrainingLoader(items, Scene.Options(AugmentationPresets.None));
        var other = new TrainingLoader(items, Scene.Options(AugmentationPresets.None) with { Seed = 8 });
        var plain = new TrainingLoader(items, Scene.Options(AugmentationPresets.None) with { Shuffles = false });

        string[] first = Names(sut, 0);

        Names(sut, 0).Should().Equal(first);
        Names(sut, 1).Should().NotEqual(first);
        Names(other, 0).Should().NotEqual(first);
        Names(plain, 4).Should().Equal(items.Select(static item => item.Name));
    }

    [Fact]
    public void Without_augmentation_the_input_is_what_evaluation_sees_bit_by_bit()
    {
        ImmutableArray<DatasetItem> items = Scene.Noise(23);
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            Preprocessing preprocessing = Scene.Letterboxed with { Resize = mode, Order = ChannelOrder.Bgr, Mean = [0.1, 0.2, 0.3], Padding = 50 };
            var sut = new TrainingLoader(items, Scene.Options(AugmentationPresets.None) with { Preprocessing = preprocessing, Shuffles = false });
            var pipeline = new PicturePipeline(new PicturePipelineOptions { Preprocessing = preprocessing, InputSize = Scene.Input, BatchSize = 4 });

            float[][] expected = [.. pipeline.Read([.. items.Select(static item => new PictureItem(item.Name, item.Open))], CancellationToken.None).Select(static batch => batch.Input.Elements.ToArray())];

            Read(sut, new TrainingEpoch(0)).Select(static batch => batch.Elements).Should().Equal(expected, static (one, other) => one.AsSpan().SequenceEqual(other));
        }
    }

    [Fact]
    public void Pictures_without_objects_come_without_targets()
    {
        DatasetItem[] items = [Scene.Item("empty.png", Pictures.Noise(30, 30, 1)), Scene.Item("full.png", Pictures.Noise(32, 32, 2), new ObjectLabel(2, new Box(4, 6, 20, 22)))];
        var sut = new TrainingLoader([.. items], Scene.Options(AugmentationPresets.None) with { Shuffles = false });

        Seen batch = Read(sut, new TrainingEpoch(0)).Single();

        batch.Targets[0].Should().BeEmpty();
        batch.Targets[1].Should().Equal(new TrainingTarget(2, new Box(14, 9, 38, 33)));
    }

    [Fact]
    public void Crowds_and_what_is_hard_to_see_and_classes_that_the_network_lacks_are_no_targets()
    {
        var box = new Box(5, 5, 20, 20);
        DatasetItem item = Scene.Item("a.png", Pictures.Noise(64, 48, 1), new ObjectLabel(0, box) { IsCrowd = true }, new ObjectLabel(1, box) { IsDifficult = true }, new ObjectLabel(0, box), new ObjectLabel(1, box));
        var classes = ClassMapping.Between(new Dataset("d", ["cat", "dog"], [item]), ["horse", "dog"], 2);
        var sut = new TrainingLoader([item], Scene.Options(AugmentationPresets.None) with { Classes = classes });

        Read(sut, new TrainingEpoch(0)).Single().Targets.Single().Should().Equal(new TrainingTarget(1, box));
    }

    [Fact]
    public void A_bad_picture_stops_the_work_with_its_name()
    {
        ImmutableArray<DatasetItem> items = [.. Scene.Noise(9), new DatasetItem("torn.png", static () => new MemoryStream([0x89, 0x50, 0x4E, 0x47]), [])];
        var sut = new TrainingLoader(items, Scene.Options(Everything) with { BadPictures = new BadPictures(skip: false, static _ => { }) });

        Action reading = () => Read(sut, new TrainingEpoch(0));

        reading.Should().Throw<InputException>().WithMessage("torn.png: *--skip-bad*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Bad_pictures_are_passed_over_with_one_warning_each_and_the_next_one_takes_their_place(int threads)
    {
        var torn = new DatasetItem("torn.png", static () => new MemoryStream([0x89, 0x50, 0x4E, 0x47]), []);
        ImmutableArray<DatasetItem> items = [Scene.Noise(9)[0], torn, torn with { Name = "torn too.png" }, .. Scene.Noise(9)[1..]];
        var warnings = new List<string>();
        var sut = new TrainingLoader(items, Scene.Options(AugmentationPresets.None) with { Shuffles = false, Threads = threads, BadPictures = new BadPictures(skip: true, warnings.Add) });

        string[] names = Names(sut, 0);
        Read(sut, new TrainingEpoch(1));

        names.Should().Equal("0.png", "1.png", "1.png", "1.png", "2.png", "3.png", "4.png", "5.png", "6.png", "7.png", "8.png");
        warnings.Should().HaveCount(2);
    }

    [Fact]
    public void Where_nothing_can_be_read_there_is_one_message_and_no_endless_search()
    {
        var torn = new DatasetItem("torn.png", static () => new MemoryStream([1, 2, 3]), []);
        var sut = new TrainingLoader([torn, torn], Scene.Options(AugmentationPresets.None) with { BadPictures = new BadPictures(skip: true, static _ => { }) });

        Action reading = () => Read(sut, new TrainingEpoch(0));

        reading.Should().Throw<InputException>().WithMessage("torn.png: *nothing to learn from*");
    }

    [Fact]
    public void Cancelling_ends_an_epoch()
    {
        using var source = new CancellationTokenSource();
        var sut = new TrainingLoader(Scene.Noise(23), Scene.Options(Everything));

        Action reading = () =>
        {
            foreach (TrainingBatch batch in sut.Read(new TrainingEpoch(0), source.Token))
            {
                source.Cancel();
            }
        };

        reading.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Samples_to_look_at_are_those_that_are_learnt_from()
    {
        var sut = new TrainingLoader(Scene.Noise(23), Scene.Options(Everything));
        var writer = new NetworkInputWriter(Scene.Letterboxed);
        float[] expected = new float[3 * Scene.Input.Pixels];
        TrainingSample[] samples = [.. sut.Samples(new TrainingEpoch(2), CancellationToken.None)];

        foreach (Seen batch in Read(sut, new TrainingEpoch(2)))
        {
            for (int i = 0; i < batch.Targets.Count; i++)
            {
                TrainingSample sample = samples[(4 * batch.Index) + i];
                sample.Targets.Should().Equal(batch.Targets[i]);
                sample.Files.Should().Equal(batch.Files[i]);
                writer.Write(sample.Picture, PicturePlacement.Stretch(Scene.Input, Scene.Input), expected);
                batch.Elements.AsSpan(i * expected.Length, expected.Length).SequenceEqual(expected).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void What_a_whole_picture_shows_counts_by_its_share()
    {
        ImmutableArray<DatasetItem> items = [.. Scene.Noise(60).Select(static (item, i) => item with { Labels = [], ClassIndex = i })];
        var plain = new TrainingLoader(items, Scene.Options(AugmentationPresets.None) with { Shuffles = false });
        var mixed = new TrainingLoader(items, Scene.Options(AugmentationPresets.None with { Mixup = 0.5, MixupAlpha = 1, MixupWeighs = false, Mosaic = 0.3 }));

        Read(plain, new TrainingEpoch(0)).SelectMany(static batch => batch.Targets).Select(static targets => targets.Single())
            .Should().Equal(Enumerable.Range(0, 60).Select(static i => new TrainingTarget(i, default)));
        TrainingTarget[][] targets = [.. Read(mixed, new TrainingEpoch(0)).SelectMany(static batch => batch.Targets).Select(static targets => targets.ToArray())];
        targets.Should().OnlyContain(static targets => Math.Abs(targets.Sum(static target => target.Weight) - 1) < 1e-12);
        targets.Select(static targets => targets.Length).Distinct().Should().Contain([1, 2, 4]);
    }

    [Fact]
    public void Pictures_of_classes_that_the_network_lacks_are_not_learned_from()
    {
        ImmutableArray<DatasetItem> items = [.. Scene.Noise(6).Select(static (item, i) => item with { Labels = [], ClassIndex = i % 3 })];
        var classes = ClassMapping.Between(new Dataset("pets", ["cat", "gnu", "dog"], items), ["dog", "cat"], 2);

        var sut = new TrainingLoader(items, Scene.Options(AugmentationPresets.None) with { Classes = classes, Shuffles = false });

        sut.SampleCount.Should().Be(4);
        Read(sut, new TrainingEpoch(0)).SelectMany(static batch => batch.Targets).Select(static targets => targets.Single().ClassIndex).Should().Equal(1, 0, 1, 0);
    }

    [Fact]
    public void A_crop_moves_by_whole_pixels_and_leaves_black()
    {
        var picture = new Picture(Scene.Input);
        picture.Pixels.Fill(200);
        var sut = new TrainingLoader(
            [.. Enumerable.Range(0, 60).Select(i => Scene.Item($"{i}.png", picture))], Scene.Options(AugmentationPresets.Cifar) with { Preprocessing = Preprocessing.Darknet });

        var offsets = new HashSet<(int, int)>();
        foreach (TrainingSample sample in sut.Samples(new TrainingEpoch(0), CancellationToken.None))
        {
            int rows = Enumerable.Range(0, sample.Picture.Height).Count(y => sample.Picture.Row(y).Contains((byte)200));
            int columns = Enumerable.Range(0, sample.Picture.Width).Count(x => Enumerable.Range(0, sample.Picture.Height).Any(y => sample.Picture.Row(y)[3 * x] == 200));
            sample.Picture.Pixels.ToArray().Should().OnlyContain(static value => value == 0 || value == 200, "nothing is blended");
            offsets.Add((Scene.Input.Height - rows, Scene.Input.Width - columns));
        }

        offsets.Should().OnlyContain(static offset => offset.Item1 >= 0 && offset.Item1 <= 4 && offset.Item2 >= 0 && offset.Item2 <= 4);
        offsets.Count.Should().BeGreaterThan(12);
    }

    [Fact]
    public void What_cannot_be_is_refused_before_anything_is_read()
    {
        Action none = static () => _ = new TrainingLoader([], Scene.Options(AugmentationPresets.None));
        Action batch = static () => _ = new TrainingLoader(Scene.Noise(1), Scene.Options(AugmentationPresets.None) with { BatchSize = 0 });
        Action size = static () => _ = new TrainingLoader(Scene.Noise(1), Scene.Options(AugmentationPresets.None) with { InputSize = new PictureSize(0, 4) });
        Action settings = static () => _ = new TrainingLoader(Scene.Noise(1), Scene.Options(new AugmentationSettings { Mosaic = 2, Shear = -1 }));
        Action beyond = static () => new TrainingLoader(Scene.Noise(1), Scene.Options(AugmentationPresets.None)).Read(new TrainingEpoch(0) { FirstBatch = 2 }, CancellationToken.None);

        none.Should().Throw<ArgumentException>();
        batch.Should().Throw<ArgumentException>();
        size.Should().Throw<ArgumentException>();
        settings.Should().Throw<OptionException>().WithMessage("--augment mosaic takes*--augment shear takes*");
        beyond.Should().Throw<ArgumentException>();
    }

    private static string[] Names(TrainingLoader loader, int epoch) => [.. Read(loader, new TrainingEpoch(epoch)).SelectMany(static batch => batch.Files).Select(static files => files[0])];

    private static List<Seen> Read(TrainingLoader loader, TrainingEpoch epoch) => [.. loader.Read(epoch, CancellationToken.None)
        .Select(static batch => new Seen(batch.Index, batch.Input.Shape, batch.Input.Elements.ToArray(), batch.Targets, batch.Files))];

    private static void Same(List<Seen> actual, List<Seen> expected)
    {
        actual.Should().HaveSameCount(expected);
        foreach ((Seen one, Seen other) in actual.Zip(expected))
        {
            one.Index.Should().Be(other.Index);
            one.Shape.Should().Be(other.Shape);
            one.Elements.AsSpan().SequenceEqual(other.Elements).Should().BeTrue($"batch {one.Index}");
            one.Targets.Zip(other.Targets).Should().OnlyContain(static pair => pair.First.SequenceEqual(pair.Second));
            one.Files.Zip(other.Files).Should().OnlyContain(static pair => pair.First.SequenceEqual(pair.Second));
        }
    }

    private sealed record Seen(int Index, Shape Shape, float[] Elements, IReadOnlyList<IReadOnlyList<TrainingTarget>> Targets, ImmutableArray<ImmutableArray<string>> Files);
}
