using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>As much of JSON Schema as plugin.schema.json uses; a keyword that it does not know is an error, not a pass.</summary>
internal sealed class MiniSchema(JsonObject root)
{
    private static readonly string[] Notes = ["$schema", "title", "description", "$defs"];

    public static MiniSchema Load(string file) => new(JsonNode.Parse(File.ReadAllText(file))!.AsObject());

    public IReadOnlyList<string> Validate(JsonNode? value)
    {
        var faults = new List<string>();
        Check(root, value, "$", faults);
        return faults;
    }

    private void Check(JsonObject schema, JsonNode? value, string path, List<string> faults)
    {
        foreach ((string keyword, JsonNode? rule) in schema)
        {
            if (!Notes.Contains(keyword, StringComparer.Ordinal) && !Holds(schema, keyword, rule!, value, path, faults))
            {
                faults.Add($"{path}: {keyword} {rule!.ToJsonString()}");
            }
        }
    }

    private bool Holds(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string path, List<string> faults)
    {
        switch (keyword)
        {
            case "$ref":
                Check(root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value, path, faults);
                return true;
            case "type":
                return rule is JsonArray several ? several.Any(one => IsOf(one!.GetValue<string>(), value)) : IsOf(rule.GetValue<string>(), value);
            case "const":
                return JsonNode.DeepEquals(rule, value);
            case "enum":
                return rule.AsArray().Any(one => JsonNode.DeepEquals(one, value));
            case "pattern":
                return value is not JsonValue text || !text.TryGetValue(out string? found)
                    || Regex.IsMatch(found, rule.GetValue<string>(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            case "minLength":
                return value is JsonValue word && word.TryGetValue(out string? letters) && letters.Length >= rule.GetValue<int>();
            case "minItems":
                return value is JsonArray list && list.Count >= rule.GetValue<int>();
            case "items":
                int index = 0;
                foreach (JsonNode? item in value as JsonArray ?? [])
                {
                    Check(rule.AsObject(), item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), faults);
                }

                return true;
            case "required":
                return value is JsonObject parent && rule.AsArray().All(key => parent.ContainsKey(key!.GetValue<string>()));
            case "properties":
            case "additionalProperties":
            case "propertyNames":
                return CheckMembers(schema, keyword, rule, value as JsonObject ?? [], path, faults);
            default:
                throw new NotSupportedException($"The test's validator does not know {keyword}.");
        }
    }

    private bool CheckMembers(JsonObject schema, string keyword, JsonNode rule, JsonObject value, string path, List<string> faults)
    {
        JsonObject known = schema["properties"] as JsonObject ?? [];
        foreach ((string key, JsonNode? member) in value)
        {
            switch (keyword)
            {
                case "properties" when known[key] is JsonObject of:
                    Check(of, member, $"{path}.{key}", faults);
                    break;
                case "propertyNames":
                    Check(rule.AsObject(), JsonValue.Create(key), $"{path}.{key}", faults);
                    break;
                case "additionalProperties" when !known.ContainsKey(key) && rule is JsonObject any:
                    Check(any, member, $"{path}.{key}", faults);
                    break;
                case "additionalProperties" when !known.ContainsKey(key):
                    return false;
                default:
                    break;
            }
        }

        return true;
    }

    private static bool IsOf(string type, JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Object => type == "object",
        System.Text.Json.JsonValueKind.Array => type == "array",
        System.Text.Json.JsonValueKind.String => type == "string",
        System.Text.Json.JsonValueKind.Number => type == "number",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => type == "boolean",
        _ => false,
    };
}
