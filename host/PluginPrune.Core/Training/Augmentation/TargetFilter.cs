using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>Carries objects over to a sample, and leaves out those of which too little is left.</summary>
/// <param name="settings">What is too little.</param>
internal sealed class TargetFilter(AugmentationSettings settings)
{
    private readonly ClippedOutline _outline = new();

    /// <summary>Adds what is in sight of a picture's objects.</summary>
    /// <param name="tile">The picture.</param>
    /// <param name="part">What of it is drawn.</param>
    /// <param name="map">From its pixels to the sample's.</param>
    /// <param name="size">The sample's size.</param>
    /// <param name="weight">What each counts.</param>
    /// <param name="targets">Receives them.</param>
    public void Add(Tile tile, Box part, Affine map, PictureSize size, double weight, List<TrainingTarget> targets)
    {
        foreach (ObjectLabel label in tile.Labels)
        {
            Box shown = new(
                Math.Max(label.Box.Left, part.Left), Math.Max(label.Box.Top, part.Top), Math.Min(label.Box.Right, part.Right), Math.Min(label.Box.Bottom, part.Bottom));
            if (shown.IsEmpty)
            {
                continue;
            }

            (Box box, double area) = _outline.Clip(shown, map, size);
            if (Keeps(box, area / (Math.Abs(map.Determinant) * label.Box.Area)))
            {
                targets.Add(new TrainingTarget(label.ClassIndex, box, weight));
            }
        }
    }

    private bool Keeps(Box box, double visible)
    {
        if (box.IsEmpty || box.Width < settings.MinimumSide || box.Height < settings.MinimumSide || visible < settings.MinimumVisible)
        {
            return false;
        }

        return settings.MaximumAspect is not { } most || Math.Max(box.Width / box.Height, box.Height / box.Width) <= most;
    }
}
