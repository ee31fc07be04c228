using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Core.Recipes;

/// <summary>The text of recipe.json.</summary>
internal static class RecipeRecordJson
{
    public static void Read(
        ReadOnlyMemory<byte> text, SortedDictionary<string, StepEntry> steps, SortedDictionary<string, ImmutableSortedDictionary<string, double>> measured)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        foreach (JsonProperty step in document.RootElement.GetProperty("steps").EnumerateObject())
        {
            var identity = new StepIdentity(
                [.. step.Value.GetProperty("arguments").EnumerateArray().Select(Text)],
                step.Value.GetProperty("facts").EnumerateObject().ToImmutableSortedDictionary(static fact => fact.Name, static fact => Text(fact.Value), StringComparer.Ordinal));
            steps[step.Name] = new StepEntry(identity, step.Value.GetProperty("done").GetBoolean(), step.Value.GetProperty("behind").GetBoolean());
        }

        foreach (JsonProperty name in document.RootElement.GetProperty("measured").EnumerateObject())
        {
            measured[name.Name] = name.Value.EnumerateObject().ToImmutableSortedDictionary(
                static metric => metric.Name, static metric => metric.Value.ValueKind == JsonValueKind.Null ? double.NaN : metric.Value.GetDouble(), StringComparer.Ordinal);
        }
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("A text is wanted.");

    public static void Write(
        Utf8JsonWriter json, SortedDictionary<string, StepEntry> steps, SortedDictionary<string, ImmutableSortedDictionary<string, double>> measured)
    {
        json.WriteStartObject();
        json.WriteStartObject("steps");
        foreach ((string key, StepEntry step) in steps)
        {
            json.WriteStartObject(key);
            json.WriteBoolean("done", step.IsDone);
            json.WriteBoolean("behind", step.IsBehind);
            json.WriteStartArray("arguments");
            foreach (string word in step.Identity.Arguments)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
            json.WriteStartObject("facts");
            foreach ((string name, string fact) in step.Identity.Facts)
            {
                json.WriteString(name, fact);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("measured");
        foreach ((string name, ImmutableSortedDictionary<string, double> metrics) in measured)
        {
            json.WriteStartObject(name);
            foreach ((string metric, double value) in metrics)
            {
                json.WritePropertyName(metric);
                EvaluationJson.WriteValue(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
