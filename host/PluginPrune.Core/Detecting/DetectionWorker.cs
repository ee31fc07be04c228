using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>Makes detections of a network's outputs. One for each thread: it has memory of its own.</summary>
/// <param name="heads">What the outputs mean.</param>
/// <param name="settings">How.</param>
internal sealed class DetectionWorker(DetectionHeads heads, DetectionSettings settings)
{
    private readonly Candidates _candidates = new(heads.Classes, settings.Confidence);
    private readonly NonMaximumSuppression _suppression = new(settings);

    public ImmutableArray<Detection> Find(ImmutableArray<Batch<float>> outputs, int picture, PicturePlacement placement)
    {
        heads.Decode(outputs, picture, _candidates);
        ImmutableArray<Detection> found = _suppression.Suppress(_candidates);
        PictureTransform transform = placement.Transform;
        var moved = ImmutableArray.CreateBuilder<Detection>(found.Length);
        foreach (Detection detection in found)
        {
            Box box = transform.ToPicture(detection.Box);
            box = settings.Clips ? box.Clip(placement.Picture.Width, placement.Picture.Height) : box;

            // A box in the padding is outside of the picture.
            if (!box.IsEmpty)
            {
                moved.Add(detection with { Box = box });
            }
        }

        return moved.DrainToImmutable();
    }
}
