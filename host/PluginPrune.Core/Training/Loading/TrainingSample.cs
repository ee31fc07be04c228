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

    /// <summary>The same so many times as large, each pixel a square, so that boxes do not hide what is small.</summary>
    /// <param name="times">At least 1.</param>
    public TrainingSample Enlarged(int times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        if (times == 1)
        {
            return this;
        }

        var large = new Picture(new PictureSize(Picture.Width * times, Picture.Height * times));
        for (int y = 0; y < large.Height; y++)
        {
            Span<byte> row = large.Pixels.Slice(y * large.Width * Picture.Channels, large.Width * Picture.Channels);
            ReadOnlySpan<byte> from = Picture.Pixels.Slice(y / times * Picture.Width * Picture.Channels, Picture.Width * Picture.Channels);
            for (int x = 0; x < large.Width; x++)
            {
                from.Slice(x / times * Picture.Channels, Picture.Channels).CopyTo(row[(x * Picture.Channels)..]);
            }
        }

        return this with { Picture = large, Targets = [.. Targets.Select(target => target with { Box = Times(target.Box, times) })] };
    }

    private static Box Times(Box box, int times) => new(box.Left * times, box.Top * times, box.Right * times, box.Bottom * times);

    private Box Whole => new(0, 0, Picture.Width, Picture.Height);

    private static string NameOf(TrainingTarget target, ImmutableArray<string> classNames)
    {
        string name = target.ClassIndex < classNames.Length ? classNames[target.ClassIndex] : $"class {target.ClassIndex}";
        return target.Weight < 1 ? string.Create(CultureInfo.InvariantCulture, $"{name} {target.Weight:0.00}") : name;
    }
}
