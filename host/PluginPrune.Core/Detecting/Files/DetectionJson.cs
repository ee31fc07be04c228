using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Detecting;

/// <summary>Writes what was found on pictures as JSON.</summary>
public static class DetectionJson
{
    /// <summary>Writes all of it.</summary>
    /// <param name="network">What the network is called.</param>
    /// <param name="engine">What ran it.</param>
    /// <param name="pictures">What was found.</param>
    /// <param name="names">The classes' names; where there are too few, their numbers stand alone.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(string network, string engine, IReadOnlyList<PictureDetections> pictures, ImmutableArray<string> names, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("network", network);
            json.WriteString("engine", engine);
            json.WriteStartArray("pictures");
            foreach (PictureDetections picture in pictures)
            {
                json.WriteStartObject();
                json.WriteString("file", picture.Item.Name);
                json.WriteNumber("width", picture.Width);
                json.WriteNumber("height", picture.Height);
                json.WriteStartArray("objects");
                foreach (Detection detection in picture.Detections)
                {
                    json.WriteStartObject();
                    json.WriteNumber("class", detection.ClassIndex);
                    if (detection.ClassIndex < names.Length)
                    {
                        json.WriteString("name", names[detection.ClassIndex]);
                    }

                    json.WriteNumber("score", Math.Round(detection.Score, 6));
                    json.WriteStartArray("box");
                    foreach (double side in new[] { detection.Box.Left, detection.Box.Top, detection.Box.Width, detection.Box.Height })
                    {
                        json.WriteNumberValue(Math.Round(side, 3));
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
