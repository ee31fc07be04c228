using PluginPrune.Contracts.Options;

namespace PluginPrune.Core.Training;

/// <summary>
/// How pictures are changed before a network learns from them. What holds for a picture is drawn anew for every sample; a gain g is a
/// number drawn evenly from -g to g. New settings change nothing: pictures arrive as the network's preprocessing says, bit by bit.
/// </summary>
/// <remarks>
/// The values' meanings are those of Ultralytics' YOLOv3 and YOLOv5, whose names are understood too; <see cref="AugmentationPresets"/> has
/// their values. Objects that stand for many (crowds) or are hard to see (difficult) are no targets: what is found there is neither
/// right nor wrong.
/// </remarks>
public sealed record AugmentationSettings
{
    /// <summary>The share of samples made of four pictures around a random point, of which a window of the input's size is taken.</summary>
    /// <value>The default is 0.</value>
    [Option("share of samples made of four pictures", Minimum = 0, Maximum = 1)]
    public double Mosaic { get; init; }

    /// <summary>The share of samples that are blended with another one (Zhang et al. 2018).</summary>
    /// <value>The default is 0.</value>
    [Option("share of samples blended with another one", Minimum = 0, Maximum = 1)]
    public double Mixup { get; init; }

    /// <summary>How even the blend is: its share is drawn from Beta(alpha, alpha).</summary>
    /// <value>The default is 32, YOLOv5's: close to half and half.</value>
    [Option("alpha of the Beta distribution that the blend's share is drawn from", Minimum = 0.01, Maximum = 1000)]
    public double MixupAlpha { get; init; } = 32;

    /// <summary>Whether an object of a blend counts by its picture's share (Zhang et al. 2018), or fully, as in YOLOv5. What a whole picture shows always counts by its share.</summary>
    /// <value>The default is that it counts by its share.</value>
    [Option("whether objects of a blend count by their picture's share")]
    public bool MixupWeighs { get; init; } = true;

    /// <summary>The gain on the hue, which is multiplied by 1 + gain and wraps around.</summary>
    /// <value>The default is 0.</value>
    [Option("gain on the hue", Minimum = 0, Maximum = 1, Aliases = ["hsv_h"])]
    public double Hue { get; init; }

    /// <summary>The gain on the saturation, which is multiplied by 1 + gain.</summary>
    /// <value>The default is 0.</value>
    [Option("gain on the saturation", Minimum = 0, Maximum = 1, Aliases = ["hsv_s"])]
    public double Saturation { get; init; }

    /// <summary>The gain on the brightness (the value of HSV), which is multiplied by 1 + gain.</summary>
    /// <value>The default is 0.</value>
    [Option("gain on the brightness", Minimum = 0, Maximum = 1, Aliases = ["hsv_v"])]
    public double Brightness { get; init; }

    /// <summary>The gain on the angle, in degrees.</summary>
    /// <value>The default is 0.</value>
    [Option("gain on the rotation, in degrees", Minimum = 0, Maximum = 180, Aliases = ["degrees"])]
    public double Rotation { get; init; }

    /// <summary>The gain on the place, in shares of the input's sides.</summary>
    /// <value>The default is 0.</value>
    [Option("gain on the place, in shares of the input's sides", Minimum = 0, Maximum = 0.9, Aliases = ["translate"])]
    public double Translation { get; init; }

    /// <summary>By up to how many whole pixels of the input a picture is moved along each axis: a crop at a random place of what is padded by as many (He et al. 2016, section 4.2).</summary>
    /// <value>The default is 0.</value>
    [Option("up to how many whole pixels pictures are moved: a random crop after padding", Minimum = 0, Maximum = 4096)]
    public int Crop { get; init; }

    /// <summary>The gain on the size, which is multiplied by 1 + gain.</summary>
    /// <value>The default is 0.</value>
    [Option("gain on the size", Minimum = 0, Maximum = 0.9)]
    public double Scale { get; init; }

    /// <summary>The gain on the shear along each axis, in degrees.</summary>
    /// <value>The default is 0.</value>
    [Option("gain on the shear, in degrees", Minimum = 0, Maximum = 45)]
    public double Shear { get; init; }

    /// <summary>Whether rotation, translation, scale and shear apply to samples of four pictures too.</summary>
    /// <value>The default is that they do.</value>
    [Option("whether rotation, translation, scale and shear apply to samples of four pictures")]
    public bool WarpsMosaic { get; init; } = true;

    /// <summary>The share of samples whose left and right are exchanged.</summary>
    /// <value>The default is 0.</value>
    [Option("share of samples whose left and right are exchanged", Minimum = 0, Maximum = 1, Aliases = ["fliplr"])]
    public double FlipHorizontal { get; init; }

    /// <summary>The share of samples whose top and bottom are exchanged.</summary>
    /// <value>The default is 0.</value>
    [Option("share of samples whose top and bottom are exchanged", Minimum = 0, Maximum = 1, Aliases = ["flipud"])]
    public double FlipVertical { get; init; }

    /// <summary>The grey where no picture lies, 0 to 255.</summary>
    /// <value>The default, null, is the padding of the network's preprocessing.</value>
    [Option("grey where no picture lies", Minimum = 0, Maximum = 255)]
    public int? Fill { get; init; }

    /// <summary>The least width and height of a target in pixels of the input; smaller ones are left out.</summary>
    /// <value>The default is 0: every target that covers anything stays.</value>
    [Option("least width and height of a target, in pixels of the input", Minimum = 0, Maximum = 1000)]
    public double MinimumSide { get; init; }

    /// <summary>
    /// The least share of a target's box that must still be in sight: neither beyond an edge nor below another picture. (The scripts
    /// compare the areas of upright boxes, which is the same where nothing is turned.)
    /// </summary>
    /// <value>The default is 0.</value>
    [Option("least share of a target's box that must be in sight", Minimum = 0, Maximum = 1)]
    public double MinimumVisible { get; init; }

    /// <summary>The largest ratio of a target's longer side to its shorter one; what is cut off to a sliver is left out.</summary>
    /// <value>The default, null, is none.</value>
    [Option("largest ratio of a target's longer side to its shorter one", Minimum = 1)]
    public double? MaximumAspect { get; init; }

    /// <summary>Settings with some values replaced.</summary>
    /// <param name="values">Names in kebab-case and values as text.</param>
    /// <exception cref="OptionException">A name is unknown or a value is not allowed; all faults are listed.</exception>
    public AugmentationSettings With(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return AugmentationText.Replace(this, values);
    }

    /// <summary>Refuses values out of their ranges.</summary>
    /// <exception cref="OptionException">A value is not allowed; all faults are listed.</exception>
    public void Validate() => AugmentationText.Check(this);
}
