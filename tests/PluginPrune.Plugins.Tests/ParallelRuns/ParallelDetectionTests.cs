using System.Diagnostics;
using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Images;
using PluginPrune.Plugins.Tests.Evaluators;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using PluginPrune.Plugins.Tests.TorchEngine;

namespace PluginPrune.Plugins.Tests.ParallelRuns;

/// <summary>Objects are found on several pictures at once, and it shows in nothing but the time.</summary>
public sealed class ParallelDetectionTests
{
    private static readonly DetectionSettings Settings = new() { Confidence = 0.2, IsMultiLabel = true, MaximumDetections = 20 };

    private static readonly Network Sample = Evaluations.ReadSample();

    [Fact]
    public void The_managed_engine_finds_the_same_on_one_thread_and_on_three() => ShouldFindTheSame("managed");

    [OnnxRuntimeFact]
    public void Onnxruntime_finds_the_same_on_one_thread_and_on_three() => ShouldFindTheSame("onnxruntime");

    [TorchFact]
    public void Torch_finds_the_same_on_one_thread_and_on_three() => ShouldFindTheSame("torch");

    [Fact]
    public void Results_come_in_order_whichever_run_takes_long()
    {
        var random = new Random(5);
        var engine = new WatchedEngine(3)
        {
            BeforeRun = (_, _) =>
            {
                lock (random)
                {
                    Thread.Sleep(random.Next(8));
                }
            },
        };

        DetectedPicture[] found = [.. Runner(Settings).Run(engine, Noise(40), CancellationToken.None)];

        found.Select(static picture => picture.Picture.Index).Should().Equal(Enumerable.Range(0, 40));
        ShouldEqual(found, [.. Runner(Settings).Run(new WatchedEngine(1), Noise(40), CancellationToken.None)]);
        engine.Made.Should().Be((0, 1, 0));
        engine.Runs.Should().Be(40);
        engine.MostAtOnce.Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public void As_many_runs_go_on_at_once_as_the_engine_has_threads()
    {
        // Nobody gets on before three are there.
        using var meeting = new Barrier(3);
        var engine = new WatchedEngine(3) { BeforeRun = (_, token) => meeting.SignalAndWait(TimeSpan.FromMinutes(1), token).Should().BeTrue() };

        Runner(Settings).Run(engine, Noise(12), CancellationToken.None).Should().HaveCount(12);

        engine.MostAtOnce.Should().Be(3);
    }

    [Theory]
    [InlineData(2, 1, 3)]
    [InlineData(9, 3, 3)]
    [InlineData(9, 1, 1)]
    public void Few_pictures_and_batches_go_one_after_the_other(int pictures, int batch, int threads)
    {
        var engine = new WatchedEngine(threads);

        Runner(Settings with { BatchSize = batch }).Run(engine, Noise(pictures), CancellationToken.None).Should().HaveCount(pictures);

        engine.Made.Should().Be((1, 0, 0));
        engine.MostAtOnce.Should().Be(1);
    }

    [Fact]
    public void A_run_that_fails_is_told_after_the_results_before_it()
    {
        var engine = new WatchedEngine(3) { BeforeRun = static (grey, _) => ThrowAt(grey, 7) };
        var found = new List<int>();

        Action act = () =>
        {
            foreach (DetectedPicture picture in Runner(Settings).Run(engine, Greys(30), CancellationToken.None))
            {
                found.Add(picture.Picture.Index);
            }
        };

        act.Should().Throw<InvalidOperationException>().WithMessage("Picture 7 is too much.");
        found.Should().Equal(0, 1, 2, 3, 4, 5, 6);
        engine.Made.Open.Should().Be(0);
        engine.Runs.Should().BeLessThan(30);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_carries_its_error()
    {
        PictureItem[] items = [.. Noise(12)];
        items[4] = new PictureItem("bad.ppm", static () => new MemoryStream([1, 2, 3]));
        var engine = new WatchedEngine(3);

        DetectedPicture[] found = [.. Runner(Settings).Run(engine, items, CancellationToken.None)];

        found.Select(static picture => picture.Picture.Error is null).Should().Equal(Enumerable.Range(0, 12).Select(static i => i != 4));
        found[4].Detections.Should().BeEmpty();
        engine.Runs.Should().Be(11);
    }

    [Fact]
    public void Who_stops_early_stops_the_runs()
    {
        // All runs but the first wait until they are told to stop.
        var engine = new WatchedEngine(3)
        {
            BeforeRun = static (grey, token) =>
            {
                if (grey > 0)
                {
                    token.WaitHandle.WaitOne();
                    token.ThrowIfCancellationRequested();
                }
            },
        };

        Runner(Settings).Run(engine, Greys(30), CancellationToken.None).First().Picture.Index.Should().Be(0);

        engine.Made.Open.Should().Be(0);
    }

    [Fact]
    public void Cancelling_ends_the_runs()
    {
        using var source = new CancellationTokenSource();
        var engine = new WatchedEngine(2)
        {
            BeforeRun = (grey, token) =>
            {
                if (grey > 0.02)
                {
                    source.Cancel();
                }

                token.ThrowIfCancellationRequested();
            },
        };

        Action act = () => _ = Runner(Settings).Run(engine, Greys(60), source.Token).Count();

        act.Should().Throw<OperationCanceledException>();
        engine.Made.Open.Should().Be(0);
        engine.Runs.Should().BeLessThan(60);
    }

    [Fact]
    public void An_engine_that_does_not_listen_is_left_behind()
    {
        using var source = new CancellationTokenSource();
        using var hold = new ManualResetEvent(initialState: false);
        var engine = new WatchedEngine(2)
        {
            BeforeRun = (_, _) =>
            {
                source.CancelAfter(20);
                hold.WaitOne();
            },
        };
        long start = Stopwatch.GetTimestamp();

        Action act = () => _ = Runner(Settings).Run(engine, Greys(9), source.Token).Count();

        act.Should().Throw<OperationCanceledException>();
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(20));
        engine.Made.Open.Should().Be(1, "somebody still uses it");
        hold.Set();
    }

    private static DetectionRunner Runner(DetectionSettings settings) => new(Sample, DetectionHeads.Of(Sample, Evaluations.FindHead), settings);

    private static void ShouldFindTheSame(string name)
    {
        IParallelEngine one = ParallelEngines.Create(name, 1);
        IParallelEngine three = ParallelEngines.Create(name, 3);

        DetectedPicture[] expected = [.. Runner(Settings).Run(one, Noise(25), CancellationToken.None)];
        DetectedPicture[] found = [.. Runner(Settings).Run(three, Noise(25), CancellationToken.None)];

        expected.Sum(static picture => picture.Detections.Length).Should().BeGreaterThan(25);
        ShouldEqual(found, expected);
    }

    private static void ShouldEqual(DetectedPicture[] found, DetectedPicture[] expected)
    {
        found.Should().HaveCount(expected.Length);
        for (int i = 0; i < found.Length; i++)
        {
            found[i].Picture.Index.Should().Be(i);
            found[i].Detections.Should().Equal(expected[i].Detections);
        }
    }

    private static void ThrowAt(float grey, int picture)
    {
        if (Math.Abs((grey * 255) - picture) < 0.5)
        {
            throw new InvalidOperationException($"Picture {picture} is too much.");
        }
    }

    private static PictureItem[] Noise(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => new PictureItem($"{i}.ppm", () => new MemoryStream(PictureFiles.Ppm(60 + (7 * i), 150 - (2 * i), i))))];

    /// <summary>Pictures whose every byte is their index.</summary>
    private static PictureItem[] Greys(int count) => [.. Enumerable.Range(0, count).Select(static i =>
    {
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n16 16\n255\n"));
        return new PictureItem($"{i}.ppm", () => new MemoryStream([.. head, .. Enumerable.Repeat((byte)i, 16 * 16 * 3)]));
    })];
}
