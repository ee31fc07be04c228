using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>What was found on a picture that has no labels.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Picture">The picture, upright, where pictures are kept.</param>
public sealed record FoundPicture(PictureDetections Found, Picture? Picture)
{
    /// <summary>A copy of the picture with what was found drawn on it.</summary>
    /// <param name="classNames">The classes' names; where they end, numbers are written.</param>
    /// <exception cref="InvalidOperationException">Pictures are not kept.</exception>
    public Picture Draw(ImmutableArray<string> classNames) => BoxPainter.Draw(
        Picture ?? throw new InvalidOperationException("There are no pixels to draw on."),
        [.. Found.Detections.Select(detection => new DrawnBox(detection.Box, LabelOf(detection, classNames), detection.ClassIndex))]);

    private static string LabelOf(Detection detection, ImmutableArray<string> classNames) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(detection.ClassIndex < classNames.Length ? classNames[detection.ClassIndex] : $"class {detection.ClassIndex}")} {detection.Score:0.00}");
}
