using PluginPrune.Contracts.Options;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Augmentation;

public sealed class AugmentationSettingsTests
{
    [Fact]
    public void Presets_are_within_their_own_ranges_and_known_by_their_names()
    {
        foreach (string name in AugmentationPresets.Names)
        {
            AugmentationPresets.Of(name).Validate();
        }

        Action unknown = static () => AugmentationPresets.Of("yolo99");

        AugmentationPresets.Of("none").Should().Be(new AugmentationSettings());
        unknown.Should().Throw<OptionException>().WithMessage("*yolo99*yolov3-scripts*");
    }

    [Fact]
    public void Values_replace_those_of_a_preset_under_both_their_names()
    {
        AugmentationSettings replaced = AugmentationPresets.YoloV5.With(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mosaic"] = "0.5",
            ["hsv_h"] = "0.2",
            ["mixup-weighs"] = "true",
            ["fill"] = "7",
            ["maximum-aspect"] = "12.5",
        });

        replaced.Should().Be(AugmentationPresets.YoloV5 with { Mosaic = 0.5, Hue = 0.2, MixupWeighs = true, Fill = 7, MaximumAspect = 12.5 });
        AugmentationPresets.YoloV5.Mosaic.Should().Be(1);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        Action replacing = static () => AugmentationPresets.None.With(new Dictionary<string, string>(StringComparer.Ordinal) { ["mosaic"] = "2", ["degrees"] = "x", ["tilt"] = "1" });

        replacing.Should().Throw<OptionException>().WithMessage("--augment rotation takes*'x'*--augment mosaic takes*'2'*no setting 'tilt'*");
    }
}
