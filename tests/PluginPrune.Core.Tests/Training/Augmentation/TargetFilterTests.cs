using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;
using PluginPrune.Core.Tests.Training.Loading;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Augmentation;

public sealed class TargetFilterTests
{
    private static readonly PictureSize Size = new(100, 100);

    [Theory]
    [InlineData(-89, 0, true)]
    [InlineData(-91, 0, false)]
    [InlineData(0, 89, true)]
    [InlineData(0, 91, false)]
    public void What_is_hidden_to_nine_tenths_is_left_out(double left, double top, bool stays)
    {
        Filter(AugmentationPresets.YoloV5 with { MinimumVisible = 0.1, MaximumAspect = null }, new Box(left, top, left + 100, top + 100)).Should().HaveCount(stays ? 1 : 0);
    }

    [Theory]
    [InlineData(4, 10, true)]
    [InlineData(3.9, 10, false)]
    [InlineData(10, 3.9, false)]
    [InlineData(5, 50, true)]
    [InlineData(5, 50.1, false)]
    [InlineData(50.1, 5, false)]
    public void The_scripts_want_four_pixels_and_no_slivers(double width, double height, bool stays)
    {
        Filter(AugmentationPresets.YoloV3Scripts, new Box(10, 10, 10 + width, 10 + height)).Should().HaveCount(stays ? 1 : 0);
    }

    [Fact]
    public void What_another_picture_of_the_four_hides_counts_as_hidden()
    {
        var sut = new TargetFilter(AugmentationPresets.YoloV5);
        var targets = new List<TrainingTarget>();
        Tile tile = TileOf(new Box(0, 0, 40, 40));

        sut.Add(tile, new Box(30, 0, 100, 100), Affine.Shift(-10, 0), Size, 0.5, targets);
        sut.Add(tile, new Box(37, 0, 100, 100), Affine.Shift(-10, 0), Size, 1, targets);

        targets.Should().Equal(new TrainingTarget(3, new Box(20, 0, 30, 40), 0.5));
    }

    [Fact]
    public void Targets_lie_within_the_input_and_are_never_empty_whatever_happens()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var settings = new AugmentationSettings
            {
                Mosaic = random.NextDouble(),
                Mixup = random.NextDouble(),
                MixupAlpha = 0.1,
                Rotation = 180 * random.NextDouble(),
                Translation = 0.9 * random.NextDouble(),
                Scale = 0.9 * random.NextDouble(),
                Shear = 44 * random.NextDouble(),
                FlipHorizontal = random.NextDouble(),
                FlipVertical = random.NextDouble(),
                MinimumSide = random.Next(3),
                MinimumVisible = 0.3 * random.NextDouble(),
            };
            var size = new PictureSize(32 * random.Next(1, 5), 32 * random.Next(1, 5));
            var loader = new TrainingLoader(Scene.Noise(40), Scene.Options(settings) with { Seed = seed });
            TrainingTarget[] targets = [.. loader.Samples(new TrainingEpoch(seed) { SizeOf = _ => size }, CancellationToken.None).SelectMany(static sample => sample.Targets)];

            targets.Should().NotBeEmpty();
            foreach (TrainingTarget target in targets)
            {
                target.Box.IsEmpty.Should().BeFalse();
                target.Box.Should().Be(target.Box.Clip(size.Width, size.Height));
                Math.Min(target.Box.Width, target.Box.Height).Should().BeGreaterThanOrEqualTo(settings.MinimumSide);
                target.Weight.Should().BeInRange(double.Epsilon, 1);
            }
        }
    }

    private static List<TrainingTarget> Filter(AugmentationSettings settings, Box box)
    {
        var targets = new List<TrainingTarget>();
        new TargetFilter(settings).Add(TileOf(box), new Box(-1000, -1000, 1000, 1000), Affine.Shift(0, 0), Size, 1, targets);
        return targets;
    }

    private static Tile TileOf(Box box) => new("a", new Picture(new PictureSize(2, 2)), [], [new ObjectLabel(3, box)]);
}
