using System.Collections.Immutable;
using System.Diagnostics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Detecting;

namespace PluginPrune.Core.Tests.Detecting;

public sealed class NonMaximumSuppressionTests
{
    [Theory]
    [InlineData(Suppression.None)]
    [InlineData(Suppression.Greedy)]
    [InlineData(Suppression.PerClass)]
    [InlineData(Suppression.Merge)]
    public void Random_boxes_fall_as_the_definition_says(Suppression suppression)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            DetectionSettings settings = RandomSettings(random) with { Suppression = suppression };
            Candidates candidates = RandomCandidates(random, classes: random.Next(1, 4), count: random.Next(0, 260));

            ImmutableArray<Detection> found = new NonMaximumSuppression(settings).Suppress(candidates);

            ShouldEqual(found, PlainSuppression.Suppress(candidates, settings), seed);
        }
    }

    [Fact]
    public void One_object_serves_picture_after_picture()
    {
        var settings = new DetectionSettings { Confidence = 0.1, Iou = 0.5, Suppression = Suppression.Merge, IsMultiLabel = true };
        var suppression = new NonMaximumSuppression(settings);
        for (int seed = 0; seed < 20; seed++)
        {
            Candidates candidates = RandomCandidates(new Random(seed), classes: 3, count: 10 * (seed % 7 * 10));

            ShouldEqual(suppression.Suppress(candidates), PlainSuppression.Suppress(candidates, settings), seed);
        }
    }

    [Fact]
    public void Equal_scores_are_taken_in_the_order_of_decoding()
    {
        Candidates candidates = Of(3, (new Box(0, 0, 10, 10), 1, [0.5f, 0.5f, 0.5f]), (new Box(1, 0, 11, 10), 1, [0.5f, 0.2f, 0.5f]));

        ImmutableArray<Detection> multi = new NonMaximumSuppression(new DetectionSettings { IsMultiLabel = true, Confidence = 0.1 }).Suppress(candidates);
        ImmutableArray<Detection> best = new NonMaximumSuppression(new DetectionSettings { Suppression = Suppression.None }).Suppress(candidates);

        multi.Select(static detection => (detection.ClassIndex, detection.Box.Left)).Should().Equal((0, 0), (1, 0), (2, 0));
        best.Select(static detection => (detection.ClassIndex, detection.Box.Left)).Should().Equal((0, 0), (0, 1));
    }

    [Fact]
    public void A_score_or_side_that_equals_the_least_is_not_above_it()
    {
        Candidates candidates = Of(
            1,
            (new Box(0, 0, 10, 10), 0.1f, [1f]),
            (new Box(20, 0, 22, 10), 0.5f, [1f]),
            (new Box(40, 0, 42.5, 10), 0.5f, [1f]),
            (new Box(60, 0, 60, 10), 0.5f, [1f]),
            (new Box(double.NaN, 0, 70, 10), 0.5f, [1f]),
            (new Box(double.NegativeInfinity, 0, double.PositiveInfinity, 10), 0.5f, [1f]));

        ImmutableArray<Detection> found = new NonMaximumSuppression(new DetectionSettings { Confidence = 0.1, MinimumSide = 2 }).Suppress(candidates);

        found.Should().ContainSingle().Which.Box.Left.Should().Be(40);
    }

    [Fact]
    public void Boxes_whose_overlap_equals_the_threshold_both_stay()
    {
        // Shared 50 of 150 covered: a third, which no rounding touches as 50 / 150 == 1 / 3 in double precision.
        Candidates candidates = Of(1, (new Box(0, 0, 10, 10), 0.9f, [1f]), (new Box(5, 0, 15, 10), 0.8f, [1f]));

        new NonMaximumSuppression(new DetectionSettings { Iou = 1.0 / 3 }).Suppress(candidates).Should().HaveCount(2);
        new NonMaximumSuppression(new DetectionSettings { Iou = 0.3333 }).Suppress(candidates).Should().ContainSingle();
    }

    [Fact]
    public void The_class_of_a_network_with_one_may_be_ignored()
    {
        Candidates candidates = Of(1, (new Box(0, 0, 10, 10), 0.9f, [0.03f]));

        new NonMaximumSuppression(new DetectionSettings()).Suppress(candidates).Should().BeEmpty();
        new NonMaximumSuppression(new DetectionSettings { IgnoresOnlyClass = true }).Suppress(candidates)
            .Should().ContainSingle().Which.Score.Should().BeApproximately(0.9, 1e-6);
    }

    [Fact]
    public void A_network_of_several_classes_ignores_none()
    {
        Candidates candidates = Of(2, (new Box(0, 0, 10, 10), 0.9f, [0.03f, 0.02f]));

        new NonMaximumSuppression(new DetectionSettings { IgnoresOnlyClass = true }).Suppress(candidates).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Suppression.PerClass, 80)]
    [InlineData(Suppression.Greedy, 1)]
    [InlineData(Suppression.Merge, 1)]
    public void Thirty_thousand_candidates_without_limit_take_a_moment(Suppression suppression, int classes)
    {
        Candidates candidates = RandomCandidates(new Random(7), classes, 30_000, side: 640);
        var settings = new DetectionSettings { Confidence = 0.001, Suppression = suppression, MaximumDetections = 0, Iou = 0.45 };
        var sut = new NonMaximumSuppression(settings);
        sut.Suppress(candidates);

        long start = Stopwatch.GetTimestamp();
        sut.Suppress(candidates).Length.Should().BeGreaterThan(300);

        // It takes about 20 ms; looking at every pair takes seconds.
        Stopwatch.GetElapsedTime(start).TotalMilliseconds.Should().BeLessThan(600);
    }

    private static void ShouldEqual(ImmutableArray<Detection> found, List<Detection> wanted, int seed)
    {
        found.Select(static detection => (detection.ClassIndex, detection.Score)).Should().Equal(
            wanted.Select(static detection => (detection.ClassIndex, detection.Score)), "of seed {0}", seed);
        for (int i = 0; i < wanted.Count; i++)
        {
            (Box box, Box expected) = (found[i].Box, wanted[i].Box);
            double[] apart = [box.Left - expected.Left, box.Top - expected.Top, box.Right - expected.Right, box.Bottom - expected.Bottom];
            apart.Max(Math.Abs).Should().BeLessThan(1e-9, "of box {0}, seed {1}", i, seed);
        }
    }

    private static DetectionSettings RandomSettings(Random random) => new()
    {
        Confidence = random.NextDouble() * 0.3,
        Iou = random.Next(4) switch { 0 => 0, 1 => 0.05, _ => random.NextDouble() },
        IsMultiLabel = random.Next(2) == 0,
        MaximumDetections = random.Next(2) * random.Next(1, 40),
        MaximumPerClass = random.Next(2) * random.Next(1, 40),
        MinimumSide = random.Next(3),
    };

    /// <summary>Boxes of many sizes in clusters, with scores of which many are equal.</summary>
    private static Candidates RandomCandidates(Random random, int classes, int count, double side = 100)
    {
        var candidates = new Candidates(classes, 0);
        for (int i = 0; i < count; i++)
        {
            double size = side * Math.Pow(0.02, random.NextDouble());
            Box box = Box.FromCenter(
                side * Math.Round(random.NextDouble(), random.Next(1, 4)), side * random.NextDouble(), size * (0.5 + random.NextDouble()), size * (0.5 + random.NextDouble()));
            Span<float> scores = candidates.Add(box, random.Next(1, 33) / 32f);
            for (int c = 0; c < classes; c++)
            {
                scores[c] = random.Next(0, 33) / 32f;
            }
        }

        return candidates;
    }

    private static Candidates Of(int classes, params (Box Box, float Objectness, float[] Scores)[] boxes)
    {
        var candidates = new Candidates(classes, 0);
        foreach ((Box box, float objectness, float[] scores) in boxes)
        {
            scores.CopyTo(candidates.Add(box, objectness));
        }

        return candidates;
    }
}
