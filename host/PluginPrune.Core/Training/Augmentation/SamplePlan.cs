using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>What is drawn by chance for a sample, before any picture is looked at.</summary>
/// <param name="Layers">One, or two that are blended.</param>
/// <param name="Share">The first layer's share.</param>
/// <param name="Colors">What becomes of the colours.</param>
/// <param name="FlipsHorizontal">Whether left and right are exchanged.</param>
/// <param name="FlipsVertical">Whether top and bottom are exchanged.</param>
internal sealed record SamplePlan(LayerPlan[] Layers, double Share, ColorGains Colors, bool FlipsHorizontal, bool FlipsVertical)
{
    /// <summary>Draws.</summary>
    /// <param name="settings">Within what.</param>
    /// <param name="item">The sample's own picture.</param>
    /// <param name="items">How many pictures there are to choose others from.</param>
    /// <param name="input">The input's size.</param>
    /// <param name="random">The sample's numbers.</param>
    public static SamplePlan Draw(AugmentationSettings settings, int item, int items, PictureSize input, SampleRandom random)
    {
        LayerPlan first = DrawLayer(settings, item, items, input, random);
        LayerPlan[] layers = random.Chance(settings.Mixup) ? [first, DrawLayer(settings, random.Below(items), items, input, random)] : [first];
        double share = layers.Length == 1 ? 1 : random.Beta(settings.MixupAlpha);
        var colors = new ColorGains(1 + random.Gain(settings.Hue), 1 + random.Gain(settings.Saturation), 1 + random.Gain(settings.Brightness));
        return new SamplePlan(layers, share, colors, random.Chance(settings.FlipHorizontal), random.Chance(settings.FlipVertical));
    }

    private static LayerPlan DrawLayer(AugmentationSettings settings, int item, int items, PictureSize input, SampleRandom random)
    {
        if (!random.Chance(settings.Mosaic))
        {
            return new LayerPlan([item], 0, 0, DrawWarp(settings, input, input, random));
        }

        int x = (int)random.Between(input.Width / 2.0, input.Width * 1.5);
        int y = (int)random.Between(input.Height / 2.0, input.Height * 1.5);
        int[] four = [item, random.Below(items), random.Below(items), random.Below(items)];
        var canvas = new PictureSize(2 * input.Width, 2 * input.Height);

        // The sample's own picture lies anywhere: with the others it would be upper left, always.
        int place = random.Below(four.Length);
        (four[0], four[place]) = (four[place], four[0]);
        return new LayerPlan(four, x, y, DrawWarp(settings.WarpsMosaic ? settings : AugmentationPresets.None, canvas, input, random));
    }

    /// <summary>Around the canvas's middle: turned, scaled, sheared; then to the middle of the input, moved.</summary>
    private static Affine DrawWarp(AugmentationSettings settings, PictureSize canvas, PictureSize input, SampleRandom random)
    {
        double angle = double.DegreesToRadians(random.Gain(settings.Rotation));
        double scale = 1 + random.Gain(settings.Scale);
        double shearX = double.DegreesToRadians(random.Gain(settings.Shear));
        double shearY = double.DegreesToRadians(random.Gain(settings.Shear));
        double x = (0.5 + random.Gain(settings.Translation)) * input.Width;
        double y = (0.5 + random.Gain(settings.Translation)) * input.Height;
        if (settings.Crop > 0)
        {
            x += random.Below((2 * settings.Crop) + 1) - settings.Crop;
            y += random.Below((2 * settings.Crop) + 1) - settings.Crop;
        }

        return Affine.Shift(-canvas.Width / 2.0, -canvas.Height / 2.0)
            .Then(Affine.Rotation(angle))
            .Then(Affine.Scale(scale, scale))
            .Then(Affine.Shear(shearX, shearY))
            .Then(Affine.Shift(x, y));
    }
}
