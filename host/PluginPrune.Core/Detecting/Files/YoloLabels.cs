using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Detecting;

/// <summary>Writes what was found on a picture as a label file: class, centre x and y, width and height, as shares of the picture's sides.</summary>
internal static class YoloLabels
{
    public static void Write(PictureDetections picture, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (Detection detection in picture.Detections)
        {
            Box box = detection.Box.Clip(picture.Width, picture.Height).Scale(1.0 / picture.Width, 1.0 / picture.Height);
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{detection.ClassIndex} {(box.Left + box.Right) / 2:0.######} {(box.Top + box.Bottom) / 2:0.######} {box.Width:0.######} {box.Height:0.######}"));
        }
    }
}
