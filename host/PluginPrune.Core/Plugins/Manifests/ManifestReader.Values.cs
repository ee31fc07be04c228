using System.Collections.Immutable;
using System.Text.Json;

namespace PluginPrune.Core.Plugins;

/// <content>Single values, and the diagnostics that they may need.</content>
public sealed partial class ManifestReader
{
    private ManifestValue? Required(ManifestValue parent, string key)
    {
        ManifestValue? value = parent.Find(key);
        if (value is null)
        {
            Add(DiagnosticCodes.ManifestKeyMissing, parent, $"{parent.Path}.{key} is missing.", Rebuild);
        }

        return value;
    }

    private string? Text(ManifestValue parent, string key) =>
        Text(parent, key, static text => string.IsNullOrWhiteSpace(text) ? null : text, "a text that is not empty");

    private T? Text<T>(ManifestValue parent, string key, Func<string, T?> parse, string wanted)
        where T : class
    {
        if (Required(parent, key) is not { } value)
        {
            return null;
        }

        if (value.Kind != JsonTokenType.String)
        {
            return WrongType<T>(value, "a string: " + wanted);
        }

        T? parsed = parse(value.Text);
        if (parsed is null)
        {
            NotAllowed(value, wanted);
        }

        return parsed;
    }

    private ManifestValue? Object(ManifestValue parent, string key, bool isRequired)
    {
        ManifestValue? value = isRequired ? Required(parent, key) : parent.Find(key);
        return value is null or { Kind: JsonTokenType.StartObject } ? value : WrongType<ManifestValue>(value, "an object");
    }

    private ManifestValue? Array(ManifestValue parent, string key)
    {
        ManifestValue? value = parent.Find(key);
        return value is null or { Kind: JsonTokenType.StartArray } ? value : WrongType<ManifestValue>(value, "an array");
    }

    private ImmutableArray<string> Texts(ManifestValue parent, string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (ManifestValue item in Array(parent, key)?.Items ?? [])
        {
            if (item.Kind == JsonTokenType.String)
            {
                texts.Add(item.Text);
            }
            else
            {
                WrongType<string>(item, "a string");
            }
        }

        return texts.ToImmutable();
    }

    private void CheckKeys(ManifestValue parent, ReadOnlySpan<string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string key, ManifestValue value) in parent.Members)
        {
            if (!seen.Add(key))
            {
                Add(DiagnosticCodes.ManifestKeyTwice, value, $"{value.Path} stands twice.", "Remove one of the two.");
            }

            if (!known.Contains(key))
            {
                Add(DiagnosticCodes.ManifestUnknownKey, value, $"{value.Path} is not a key that this host knows; it is ignored.", "Check its spelling, or update the host.", DiagnosticSeverity.Warning);
            }
        }
    }

    private T? WrongType<T>(ManifestValue value, string wanted)
        where T : class
    {
        Add(DiagnosticCodes.ManifestWrongType, value, $"{value.Path} is {value.Description}; it must be {wanted}.", Rebuild);
        return null;
    }

    private void NotAllowed(ManifestValue value, string wanted) =>
        Add(DiagnosticCodes.ManifestValueNotAllowed, value, $"{value.Path} is {value.Description}; it must be {wanted}.", Rebuild);

    private void Add(
        string code, ManifestValue value, string message, string remedy, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        _diagnostics.Add(new PluginDiagnostic(code, severity, _id, _file, message, remedy) { JsonPath = value.Path, Line = value.Line });

    private ManifestReading Fail(string code, string message, int? line = null) =>
        new(null, [new PluginDiagnostic(code, DiagnosticSeverity.Error, null, _file, message, Rebuild) { Line = line }]);
}
