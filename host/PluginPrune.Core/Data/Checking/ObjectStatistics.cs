using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.Core.Data.Checking;

/// <summary>The labelled objects.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Crowds">How many of them stand for many.</param>
/// <param name="Difficult">How many of them are marked as hard to see.</param>
/// <param name="EmptyPictures">How many pictures have none, and show nothing as a whole either.</param>
/// <param name="PerPicture">How many a picture has.</param>
/// <param name="Small">How many have boxes below 32 x 32 pixels, by area, as COCO counts.</param>
/// <param name="Medium">How many have boxes from there to below 96 x 96 pixels.</param>
/// <param name="Large">How many have larger boxes.</param>
/// <param name="RelativeSide">The square root of the share of the picture that a box covers, 0 to 1.</param>
/// <param name="AspectRatio">A box's width over its height, both in pixels.</param>
public sealed record ObjectStatistics(
    int Count, int Crowds, int Difficult, int EmptyPictures, Quantiles PerPicture, int Small, int Medium, int Large, Quantiles RelativeSide, Quantiles AspectRatio)
{
    private const double SmallArea = 32 * 32;
    private const double MediumArea = 96 * 96;

    /// <param name="items">All pictures.</param>
    /// <param name="placed">Boxes in pixels with the areas of their pictures, of those whose size is known.</param>
    internal static ObjectStatistics Of(IReadOnlyCollection<DatasetItem> items, IReadOnlyCollection<(Box Box, long PictureArea)> placed)
    {
        ObjectLabel[] labels = [.. items.SelectMany(static item => item.Labels)];
        return new ObjectStatistics(
            labels.Length,
            labels.Count(static label => label.IsCrowd),
            labels.Count(static label => label.IsDifficult),
            items.Count(static item => item.Labels.IsEmpty && item.ClassIndex is null),
            Quantiles.Of(items.Select(static item => (double)item.Labels.Length)),
            placed.Count(static pair => pair.Box.Area < SmallArea),
            placed.Count(static pair => pair.Box.Area is >= SmallArea and < MediumArea),
            placed.Count(static pair => pair.Box.Area >= MediumArea),
            Quantiles.Of(placed.Select(static pair => Math.Sqrt(pair.Box.Area / pair.PictureArea))),
            Quantiles.Of(placed.Select(static pair => pair.Box.Width / pair.Box.Height)));
    }
}
