using System.Text.Json;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Files;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Data.Checking;

/// <summary>A report as JSON.</summary>
public static class DatasetReportJson
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report, whose faults are all written.</param>
    /// <param name="format">The dataset's format.</param>
    /// <param name="split">The part that was looked at.</param>
    /// <param name="stream">Receives the text.</param>
    public static void Write(DatasetReport report, string format, string split, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("name", report.Name);
            json.WriteString("format", format);
            json.WriteString("split", split);
            json.WriteBoolean("decoded", !report.IsQuick);
            json.WriteNumber("pictures", report.Pictures);
            json.WriteNumber("unusablePictures", report.UnusablePictures);
            Write(json, report.Objects);
            Write(json, report.Sizes);
            json.WriteStartArray("classes");
            foreach (ClassCount count in report.Classes)
            {
                json.WriteStartObject();
                json.WriteNumber("index", count.Index);
                json.WriteString("name", count.Name);
                json.WriteNumber("objects", count.Objects);
                json.WriteNumber("pictures", count.Pictures);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("faults");
            foreach (FaultGroup group in report.Faults)
            {
                Write(json, group);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, ObjectStatistics objects)
    {
        json.WriteStartObject("objects");
        json.WriteNumber("count", objects.Count);
        json.WriteNumber("crowds", objects.Crowds);
        json.WriteNumber("difficult", objects.Difficult);
        json.WriteNumber("emptyPictures", objects.EmptyPictures);
        json.WriteNumber("small", objects.Small);
        json.WriteNumber("medium", objects.Medium);
        json.WriteNumber("large", objects.Large);
        Write(json, "perPicture", objects.PerPicture);
        Write(json, "relativeSide", objects.RelativeSide);
        Write(json, "aspectRatio", objects.AspectRatio);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SizeStatistics sizes)
    {
        json.WriteStartObject("sizes");
        Write(json, "width", sizes.Width);
        Write(json, "height", sizes.Height);
        json.WriteNumber("landscape", sizes.Landscape);
        json.WriteNumber("portrait", sizes.Portrait);
        json.WriteNumber("square", sizes.Square);
        json.WriteNumber("different", sizes.Different);
        json.WriteStartObject("formats");
        foreach ((PictureFormat format, int count) in sizes.Formats)
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(format.ToString()), count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Quantiles quantiles)
    {
        json.WriteStartObject(name);
        json.WriteNumber("minimum", quantiles.Minimum);
        json.WriteNumber("tenth", quantiles.Lower);
        json.WriteNumber("median", quantiles.Median);
        json.WriteNumber("nineTenths", quantiles.Upper);
        json.WriteNumber("maximum", quantiles.Maximum);
        json.WriteNumber("mean", quantiles.Mean);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FaultGroup group)
    {
        json.WriteStartObject();
        json.WriteString("severity", JsonNamingPolicy.CamelCase.ConvertName(group.Severity.ToString()));
        json.WriteString("kind", group.Kind);
        json.WriteNumber("count", group.Faults.Length);
        json.WriteStartArray("places");
        foreach (DatasetFault fault in group.Faults)
        {
            json.WriteStartObject();
            json.WriteString("file", fault.File);
            if (fault.Line is { } line)
            {
                json.WriteNumber("line", line);
            }

            json.WriteString("message", fault.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
