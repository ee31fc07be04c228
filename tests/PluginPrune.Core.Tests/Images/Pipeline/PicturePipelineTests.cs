using System.Diagnostics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images.Pipeline;

public sealed class PicturePipelineTests
{
    private static readonly PictureSize Input = new(32, 24);

    private static readonly Preprocessing Letterboxed = Preprocessing.Darknet with { Resize = ResizeMode.Letterbox, Mean = [0.1, 0.2, 0.3] };

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(1, 4, null)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 5, 2)]
    [InlineData(10, 3, 1)]
    [InlineData(100, 2, null)]
    public void What_comes_out_depends_on_the_items_alone(int batchSize, int threads, int? prefetch)
    {
        Picture[] pictures = [.. Enumerable.Range(0, 57).Select(static i => Pictures.Noise(5 + (i * 7 % 50), 5 + (i * 11 % 40), seed: i))];
        var random = new Random(batchSize + threads);
        PictureItem[] items = [.. pictures.Select((picture, i) => Item(i, Pictures.Png(picture), delay: random.Next(3)))];
        PicturePipelineOptions options = Options(batchSize) with { Threads = threads, Prefetch = prefetch };

        int next = 0;
        foreach (PictureBatch batch in new PicturePipeline(options).Read(items, CancellationToken.None))
        {
            batch.Pictures.Should().HaveCount(Math.Min(batchSize, items.Length - next));
            batch.Input.Size.Should().Be(batch.Pictures.Length);
            batch.Input.Shape.Should().Be(new Shape(3, 24, 32));
            foreach (PreparedPicture prepared in batch.Pictures)
            {
                prepared.Index.Should().Be(next);
                prepared.Item.Should().BeSameAs(items[next]);
                var placement = PicturePlacement.Letterbox(pictures[next].Size, Input);
                prepared.Placement.Should().Be(placement);
                float[] expected = new float[3 * 24 * 32];
                new NetworkInputWriter(Letterboxed).Write(pictures[next], placement, expected);
                batch.Input[prepared.Index % batchSize].SequenceEqual(expected).Should().BeTrue($"picture {next}");
                next++;
            }
        }

        next.Should().Be(items.Length);
    }

    [Fact]
    public void Without_items_there_is_no_batch()
    {
        new PicturePipeline(Options(3)).Read([], CancellationToken.None).Should().BeEmpty();
    }

    [Fact]
    public void A_picture_that_cannot_be_read_carries_its_error_and_stops_nobody()
    {
        byte[] good = Pictures.Png(Pictures.Slopes(20, 20));
        PictureItem[] items =
        [
            Item(0, good),
            Item(1, good[..50]),
            new PictureItem("gone.png", static () => throw new FileNotFoundException("It is gone.")),
            Item(3, good),
        ];

        PictureBatch batch = new PicturePipeline(Options(4)).Read(items, CancellationToken.None).Single();

        batch.Pictures.Select(static picture => picture.Error?.Message).Should().SatisfyRespectively(
            static message => message.Should().BeNull(),
            static message => message.Should().StartWith("1.png: the file ends after 50 bytes"),
            static message => message.Should().Be("gone.png: the picture cannot be read: It is gone."),
            static message => message.Should().BeNull());
        batch.Pictures.Select(static picture => picture.Placement is null).Should().Equal(false, true, true, false);
        batch.Input[2].ToArray().Should().AllBeEquivalentTo(0f);
        batch.Input[3].SequenceEqual(batch.Input[0]).Should().BeTrue();
    }

    [Fact]
    public void A_fault_that_is_no_pictures_comes_after_the_batches_before_it()
    {
        byte[] good = Pictures.Png(Pictures.Slopes(20, 20));
        PictureItem[] items = [.. Enumerable.Range(0, 40).Select(i => i is 13 or 14
            ? new PictureItem("broken", () => throw new InvalidOperationException($"item {i}"))
            : Item(i, good, delay: i % 3))];
        int seen = 0;

        Action reading = () =>
        {
            foreach (PictureBatch batch in new PicturePipeline(Options(4) with { Threads = 3 }).Read(items, CancellationToken.None))
            {
                seen += batch.Pictures.Length;
            }
        };

        reading.Should().Throw<InvalidOperationException>().WithMessage("item 13");
        seen.Should().Be(12);
    }

    [Fact]
    public void No_more_is_read_ahead_than_was_asked_for_and_memory_is_used_again()
    {
        int opened = 0;
        byte[] good = Pictures.Png(Pictures.Slopes(20, 20));
        PictureItem[] items = [.. Enumerable.Range(0, 60).Select(i => Item(i, good, whenOpened: () => Interlocked.Increment(ref opened)))];
        var arrays = new HashSet<float[]>(ReferenceEqualityComparer.Instance);
        int batches = 0;

        foreach (PictureBatch batch in new PicturePipeline(Options(5) with { Threads = 4, Prefetch = 2 }).Read(items, CancellationToken.None))
        {
            arrays.Add(batch.Input.Elements);
            batches++;
            Thread.Sleep(10);
            Volatile.Read(ref opened).Should().BeLessThanOrEqualTo(5 * (batches + 2));
        }

        batches.Should().Be(12);
        arrays.Count.Should().BeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Batches_in_use_keep_their_memory(int inUse)
    {
        Picture[] pictures = [.. Enumerable.Range(0, 40).Select(static i => Pictures.Noise(20, 20, seed: i))];
        PictureItem[] items = [.. pictures.Select(static (picture, i) => Item(i, Pictures.Png(picture)))];
        float[][] expected = [.. new PicturePipeline(Options(1)).Read(items, CancellationToken.None).Select(static batch => batch.Input.Elements.ToArray())];
        var used = new Queue<PictureBatch>();
        var arrays = new HashSet<float[]>(ReferenceEqualityComparer.Instance);

        foreach (PictureBatch batch in new PicturePipeline(Options(1) with { Threads = 2, Prefetch = 2, InUse = inUse }).Read(items, CancellationToken.None))
        {
            used.Enqueue(batch);
            arrays.Add(batch.Input.Elements);
            Thread.Sleep(2);
            foreach (PictureBatch kept in used)
            {
                kept.Input.Elements.Should().Equal(expected[kept.Pictures[0].Index]);
            }

            if (used.Count == inUse)
            {
                used.Dequeue();
            }
        }

        arrays.Count.Should().BeLessThanOrEqualTo(2 + inUse);
    }

    [Fact]
    public void Who_stops_early_leaves_no_thread_and_no_open_file_behind()
    {
        byte[] good = Pictures.Png(Pictures.Slopes(20, 20));
        var streams = new List<TrackedStream>();
        PictureItem[] items = [.. Enumerable.Range(0, 1000).Select(i => new PictureItem($"{i}.png", () =>
        {
            var stream = new TrackedStream(good);
            lock (streams)
            {
                streams.Add(stream);
            }

            return stream;
        }))];

        foreach (PictureBatch batch in new PicturePipeline(Options(2) with { Threads = 4 }).Read(items, CancellationToken.None))
        {
            if (batch.Pictures[0].Index >= 20)
            {
                break;
            }
        }

        int opened = streams.Count;
        Thread.Sleep(50);
        streams.Count.Should().Be(opened).And.BeLessThan(100);
        streams.Should().OnlyContain(static stream => stream.IsClosed);
    }

    [Fact]
    public void Cancelling_ends_the_wait_for_a_file_that_never_comes()
    {
        using var never = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        PictureItem[] items = [new("slow.png", () =>
        {
            source.Cancel();
            never.Wait();
            return Stream.Null;
        })];
        var watch = Stopwatch.StartNew();

        Action reading = () => _ = new PicturePipeline(Options(1)).Read(items, source.Token).Count();

        reading.Should().Throw<OperationCanceledException>();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
        never.Set();
    }

    [Fact]
    public void Items_with_inputs_of_their_own_size_share_batches_while_it_stays_the_same()
    {
        byte[] good = Pictures.Png(Pictures.Slopes(40, 20));
        PictureSize?[] sizes = [null, null, new(64, 32), new(64, 32), new(64, 32), new(32, 64), null];
        PictureItem[] items = [.. sizes.Select((size, i) => Item(i, good) with { InputSize = size })];

        (int Count, Shape Shape)[] batches =
            [.. new PicturePipeline(Options(2)).Read(items, CancellationToken.None).Select(static batch => (batch.Input.Size, batch.Input.Shape))];

        batches.Should().Equal(
            (2, new Shape(3, 24, 32)), (2, new Shape(3, 32, 64)), (1, new Shape(3, 32, 64)), (1, new Shape(3, 64, 32)), (1, new Shape(3, 24, 32)));
    }

    [Fact]
    public void Pictures_and_a_placement_of_ones_own_are_had_for_the_asking()
    {
        Picture picture = Pictures.Noise(8, 6, seed: 9);
        PicturePipelineOptions options = Options(1) with
        {
            KeepsPictures = true,
            Place = static (size, network) => new PicturePlacement(size, network, size, 1, 2),
        };

        PreparedPicture prepared = new PicturePipeline(options).Read([Item(0, Pictures.Png(picture))], CancellationToken.None).Single().Pictures[0];

        Pictures.LargestDifference(prepared.Picture!, picture).Should().Be(0);
        prepared.Placement!.Transform.Should().Be(new PictureTransform(1, 1, 1, 2));
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 0)]
    public void Counts_below_1_are_refused(int batchSize, int threads, int prefetch, int inUse)
    {
        Action making = () => _ = new PicturePipeline(Options(batchSize) with { Threads = threads, Prefetch = prefetch, InUse = inUse });

        making.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static PicturePipelineOptions Options(int batchSize) =>
        new() { Preprocessing = Letterboxed, InputSize = Input, BatchSize = batchSize };

    private static PictureItem Item(int index, byte[] file, int delay = 0, Action? whenOpened = null) => new($"{index}.png", () =>
    {
        whenOpened?.Invoke();
        Thread.Sleep(delay);
        return new MemoryStream(file);
    });

    private sealed class TrackedStream(byte[] file) : MemoryStream(file)
    {
        public bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
