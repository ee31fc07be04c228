using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Plans;

/// <summary>Writes what a criterion said of layers.</summary>
internal static class PlannedNoteJson
{
    /// <summary>Writes the property 'notes'.</summary>
    public static void Write(ImmutableArray<PlannedNote> notes, Utf8JsonWriter json)
    {
        json.WriteStartArray("notes");
        foreach (PlannedNote note in notes)
        {
            json.WriteStartObject();
            json.WriteString("layer", note.Layer);
            json.WriteString("text", note.Text);
            if (!note.Curves.IsEmpty)
            {
                Write(note.Curves, json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(ImmutableArray<Curve> curves, Utf8JsonWriter json)
    {
        json.WriteStartArray("curves");
        foreach (Curve curve in curves)
        {
            json.WriteStartObject();
            json.WriteString("name", curve.Name);
            json.WriteString("xName", curve.XName);
            json.WriteString("yName", curve.YName);
            json.WritePropertyName("x");
            json.WriteRawValue(Line(curve.X));
            json.WritePropertyName("y");
            json.WriteRawValue(Line(curve.Y));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>In one line: numbers below each other would make most of a plan.</summary>
    private static string Line(ImmutableArray<double> numbers) => $"[{string.Join(", ", numbers.Select(static number => number.ToString("R", CultureInfo.InvariantCulture)))}]";
}
