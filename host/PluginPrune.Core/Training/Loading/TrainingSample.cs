using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>A sample as a picture, before it becomes numbers: to be looked at.</summary>
/// <param name="Picture">Of the input's size.</param>
/// <param name="Targets">What it shows, in its pixels.</param>
/// <param name="Files">The pictures that it is made of.</param>
public sealed record TrainingSample(Picture Picture, IReadOnlyList<TrainingTarget> Targets, ImmutableArray<string> Files)
{
    /// <summary>A copy with the targets drawn on it.</summary>
    /// <param name="classNames">The classes' names; where they end, numbers are written.</param>
    public Picture Draw(ImmutableArray<string> classNames) =>
        BoxPainter.Draw(Picture, [.. Targets.Select(target => new DrawnBox(target.IsPicture ? Whole : target.Box, NameOf(target, classNames), target.ClassIndex))]);

    private Box Whole => new(0, 0, Picture.Width, Picture.Height);

    private static string NameOf(TrainingTarget target, ImmutableArray<string> classNames)
    {
        string name = target.ClassIndex < classNames.Length ? classNames[target.ClassIndex] : $"class {target.ClassIndex}";
        return target.Weight < 1 ? string.Create(CultureInfo.InvariantCulture, $"{name} {target.Weight:0.00}") : name;
    }
}
