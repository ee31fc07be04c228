using System.Collections.Immutable;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Core.Training;

/// <summary>Augmentation under names.</summary>
public static class AugmentationPresets
{
    /// <summary>All names.</summary>
    public static ImmutableArray<string> Names { get; } = ["none", "cifar", "yolov3-scripts", "yolov5"];

    /// <summary>Pictures as they are.</summary>
    public static AugmentationSettings None { get; } = new();

    /// <summary>As residual networks are trained on CIFAR (He et al. 2016, section 4.2): padded by 4 pixels of black, cropped at random, mirrored.</summary>
    public static AugmentationSettings Cifar { get; } = new()
    {
        Crop = 4,
        FlipHorizontal = 0.5,
        Fill = 0,
    };

    /// <summary>
    /// As the Python scripts that prune YOLOv3 train (Ultralytics' YOLOv3 of early 2020, utils/datasets.py): always four pictures, as they
    /// are; what warps single ones counts where mosaic is lowered.
    /// </summary>
    public static AugmentationSettings YoloV3Scripts { get; } = new()
    {
        Mosaic = 1,
        WarpsMosaic = false,
        Hue = 0.1,
        Saturation = 0.5703,
        Brightness = 0.3174,
        Rotation = 1.113,
        Translation = 0.06797,
        Scale = 0.1059,
        Shear = 0.5768,
        FlipHorizontal = 0.5,
        Fill = 128,
        MinimumSide = 4,
        MinimumVisible = 0.1,
        MaximumAspect = 10,
    };

    /// <summary>As YOLOv5 trains from scratch (data/hyps/hyp.scratch-low.yaml of v6 and v7): four pictures, moved and scaled.</summary>
    public static AugmentationSettings YoloV5 { get; } = new()
    {
        Mosaic = 1,
        MixupWeighs = false,
        Hue = 0.015,
        Saturation = 0.7,
        Brightness = 0.4,
        Translation = 0.1,
        Scale = 0.5,
        FlipHorizontal = 0.5,
        Fill = 114,
        MinimumSide = 2,
        MinimumVisible = 0.1,
        MaximumAspect = 100,
    };

    /// <summary>The settings of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="OptionException">There is no such name.</exception>
    public static AugmentationSettings Of(string name) => name switch
    {
        "none" => None,
        "cifar" => Cifar,
        "yolov3-scripts" => YoloV3Scripts,
        "yolov5" => YoloV5,
        _ => throw new OptionException($"There is no augmentation '{name}'; there is {string.Join(", ", Names)}."),
    };
}
