using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>Makes an epoch's samples. For one thread.</summary>
/// <param name="settings">How pictures are changed.</param>
/// <param name="order">Which picture each sample is of.</param>
/// <param name="epoch">The epoch.</param>
/// <param name="store">The pictures.</param>
/// <param name="options">The input and the seed.</param>
internal sealed class SampleMaker(AugmentationSettings settings, int[] order, int epoch, TileStore store, TrainingLoaderOptions options)
{
    private readonly TileReader _reader = new(store, options);
    private readonly TargetFilter _filter = new(settings);
    private readonly ColorShift _colors = new();
    private readonly List<string> _files = [];
    private readonly byte _fill = (byte)Math.Clamp(settings.Fill ?? options.Preprocessing.Padding, 0, 255);
    private Picture? _first;
    private Picture? _second;

    /// <summary>Makes a sample; its picture is drawn over with the next one.</summary>
    /// <param name="index">Its index in the epoch.</param>
    /// <param name="size">Its size.</param>
    public TrainingSample Make(int index, PictureSize size)
    {
        var plan = SamplePlan.Draw(settings, order[index], order.Length, options.InputSize, new SampleRandom(options.Seed, epoch, index));
        Affine finish = Affine.Flip(options.InputSize, plan.FlipsHorizontal, plan.FlipsVertical).Then(Affine.Scale(
            (double)size.Width / options.InputSize.Width, (double)size.Height / options.InputSize.Height));
        var targets = new List<TrainingTarget>();
        _files.Clear();
        Picture picture = Draw(ref _first, plan.Layers[0], finish, size, plan.Share, targets);
        if (plan.Layers.Length > 1)
        {
            Picture other = Draw(ref _second, plan.Layers[1], finish, size, 1 - plan.Share, targets);
            PictureBlend.Apply(picture.Pixels, other.Pixels, plan.Share);
        }

        if (!plan.Colors.ChangesNothing)
        {
            _colors.Prepare(plan.Colors);
            _colors.Apply(picture.Pixels);
        }

        return new TrainingSample(picture, targets, [.. _files.Distinct(StringComparer.Ordinal)]);
    }

    private Picture Draw(ref Picture? memory, LayerPlan layer, Affine finish, PictureSize size, double share, List<TrainingTarget> targets)
    {
        double weight = settings.MixupWeighs ? share : 1;
        Picture target = memory is not null && memory.Size == size ? memory : memory = new Picture(size);
        target.Pixels.Fill(_fill);
        Affine warp = layer.Warp.Then(finish);
        for (int place = 0; place < layer.Items.Length; place++)
        {
            Tile tile = _reader.Read(layer.Items[place]);
            _files.Add(tile.Name);
            (int left, int top, Box part) = layer.IsMosaic
                ? MosaicLayout.Of(tile.Pixels.Size, place, layer.CenterX, layer.CenterY, options.InputSize)
                : Alone(tile.Pixels.Size);
            Affine map = Affine.Shift(left, top).Then(warp);
            PatchPainter.Draw(tile, part, map, target);
            if (weight > 0)
            {
                _filter.Add(tile, part, map, size, weight, targets);
            }

            if (share > 0 && tile.ClassIndex is { } shown)
            {
                targets.Add(new TrainingTarget(shown, default, share / layer.Items.Length));
            }
        }

        return target;
    }

    private (int Left, int Top, Box Part) Alone(PictureSize tile)
    {
        var placement = PicturePlacement.Centered(tile, tile, options.InputSize);
        return (placement.Left, placement.Top, new Box(0, 0, tile.Width, tile.Height));
    }
}
