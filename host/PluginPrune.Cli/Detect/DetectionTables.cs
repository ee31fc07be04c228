using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Cli.Detect;

/// <summary>Shows to a person what was found on pictures, one after the other.</summary>
/// <param name="writer">Takes the text.</param>
/// <param name="classNames">The classes' names; where there are too few, numbers.</param>
internal sealed class DetectionTables(TextWriter writer, ImmutableArray<string> classNames)
{
    public void Write(PictureDetections picture)
    {
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{picture.Item.Name} ({picture.Width} x {picture.Height}): {Objects(picture.Detections.Length)}"));
        if (picture.Detections.IsEmpty)
        {
            return;
        }

        int width = Math.Max("class".Length, picture.Detections.Max(detection => NameOf(detection.ClassIndex).Length));
        writer.WriteLine($"  {"class".PadRight(width)}  score     left      top    width   height");
        foreach (Detection detection in picture.Detections)
        {
            Box box = detection.Box;
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {NameOf(detection.ClassIndex).PadRight(width)}  {detection.Score:0.000} {box.Left,8:0.0} {box.Top,8:0.0} {box.Width,8:0.0} {box.Height,8:0.0}"));
        }
    }

    public void WriteSum(IReadOnlyList<PictureDetections> pictures, int passedOver, string? folder)
    {
        if (pictures.Count + passedOver != 1)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pictures.Count} {(pictures.Count == 1 ? "picture" : "pictures")}, {Objects(pictures.Sum(static picture => picture.Detections.Length))}{(passedOver > 0 ? $"; {passedOver} passed over" : string.Empty)}"));
        }

        if (folder is not null)
        {
            writer.WriteLine($"Written to {folder}: pictures with boxes, labels (.txt), detections.json");
        }
    }

    private static string Objects(int count) => count == 1 ? "1 object" : string.Create(CultureInfo.InvariantCulture, $"{count} objects");

    private string NameOf(int index) => index < classNames.Length ? classNames[index] : string.Create(CultureInfo.InvariantCulture, $"class {index}");
}
