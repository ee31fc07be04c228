using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <content>What the plugin contributes, and its options.</content>
public sealed partial class ManifestReader
{
    private static readonly ContributionKind[] Kinds =
    [
        ContributionKind.Criterion, ContributionKind.BlockCriterion, ContributionKind.Format, ContributionKind.Head, ContributionKind.Engine,
        ContributionKind.Dataset, ContributionKind.Evaluator, ContributionKind.Scheduler,
    ];

    private static readonly string[] KindKeys = [.. Kinds.Select(PluginNames.ManifestKey)];

    private ImmutableArray<ContributionInfo> ReadContributions(ManifestValue root, string id)
    {
        var contributions = ImmutableArray.CreateBuilder<ContributionInfo>();
        if (Object(root, "contributes", isRequired: true) is not { } contributes)
        {
            return [];
        }

        for (int i = 0; i < Kinds.Length; i++)
        {
            foreach (ManifestValue item in Array(contributes, KindKeys[i])?.Items ?? [])
            {
                if (item.Kind != JsonTokenType.StartObject)
                {
                    WrongType<string>(item, "an object");
                }
                else if (ReadContribution(item, Kinds[i], id) is { } contribution)
                {
                    contributions.Add(contribution);
                }
            }
        }

        CheckKeys(contributes, KindKeys);
        return contributions.ToImmutable();
    }

    private ContributionInfo? ReadContribution(ManifestValue item, ContributionKind kind, string id)
    {
        string? name = KebabName(item);
        string? summary = Text(item, "summary");
        ImmutableArray<string> extensions = Texts(item, "extensions");
        if (extensions.Any(static extension => extension.Length < 2 || extension[0] != '.'))
        {
            NotAllowed(item.Find("extensions")!, "extensions with their dots");
        }

        ImmutableArray<string> markers = Texts(item, "markers");
        if (markers.Any(static marker => !PluginNames.IsMarker(marker)))
        {
            NotAllowed(item.Find("markers")!, "names of files or folders, or such names joined by '/'");
        }

        ImmutableArray<OptionDescriptor> options = ReadOptions(item);
        CheckKeys(item, kind switch
        {
            ContributionKind.Format => ["name", "summary", "extensions", "options"],
            ContributionKind.Dataset => ["name", "summary", "extensions", "markers", "options"],
            _ => ["name", "summary", "options"],
        });
        if (name is null)
        {
            return null;
        }

        if (_names.Contains((kind, name)))
        {
            NotAllowed(item.Find("name")!, $"a name that no other of the {PluginNames.ManifestKey(kind)} has");
        }

        _names.Add((kind, name));
        return summary is null ? null : new ContributionInfo(id, kind, name, summary, extensions, options) { Markers = markers };
    }

    private string? KebabName(ManifestValue item) =>
        Text(item, "name", static text => PluginNames.IsKebabCase(text) ? text : null, "a name in kebab-case");

    private ImmutableArray<OptionDescriptor> ReadOptions(ManifestValue item)
    {
        var options = ImmutableArray.CreateBuilder<OptionDescriptor>();
        if (Object(item, "options", isRequired: false) is not { } members)
        {
            return [];
        }

        foreach ((string name, ManifestValue value) in members.Members)
        {
            if (!PluginNames.IsKebabCase(name))
            {
                Add(DiagnosticCodes.ManifestValueNotAllowed, value, $"{value.Path}: the option's name is not in kebab-case.", Rebuild);
            }
            else if (value.Kind != JsonTokenType.StartObject)
            {
                WrongType<string>(value, "an object");
            }
            else if (options.Any(option => option.Name == name))
            {
                Add(DiagnosticCodes.ManifestKeyTwice, value, $"{value.Path} stands twice.", "Remove one of the two.");
            }
            else if (ReadOption(name, value) is { } option)
            {
                options.Add(option);
            }
        }

        return options.ToImmutable();
    }

    private OptionDescriptor? ReadOption(string name, ManifestValue value)
    {
        string? typeName = Text(value, "type", static text => text is "boolean" or "integer" or "number" or "string" ? text : null, "boolean, integer, number or string");
        string? description = Text(value, "description");
        ImmutableArray<string> choices = Texts(value, "enum");
        double? minimum = Bound(value, "min");
        double? maximum = Bound(value, "max");
        ImmutableArray<string> aliases = Texts(value, "aliases");
        string? names = value.Find("names") is null ? null : Text(value, "names", static text => KindKeys.Contains(text, StringComparer.Ordinal) ? text : null, $"one of {string.Join(", ", KindKeys)}");
        CheckKeys(value, ["type", "default", "min", "max", "enum", "names", "aliases", "description"]);
        if (aliases.Any(static alias => !PluginNames.IsAlias(alias)))
        {
            NotAllowed(value.Find("aliases")!, "spellings of letters, digits, '-' and '_'");
        }

        if (typeName is null || description is null)
        {
            return null;
        }

        OptionType type = typeName switch
        {
            "boolean" => OptionType.Boolean,
            "integer" => OptionType.Integer,
            "number" => OptionType.Number,
            _ => value.Find("enum") is null ? OptionType.Text : OptionType.Choice,
        };
        var option = new OptionDescriptor
        {
            Name = name,
            Type = type,
            Description = description,
            Minimum = minimum ?? double.NegativeInfinity,
            Maximum = maximum ?? double.PositiveInfinity,
            Choices = choices,
            Aliases = aliases,
            Names = names is null ? null : Kinds[System.Array.IndexOf(KindKeys, names)],
        };
        return value.Find("default") is { } given ? option with { Default = ReadDefault(given, option) } : option;
    }

    private string? ReadDefault(ManifestValue value, OptionDescriptor option)
    {
        (string? text, string wanted) = option.Type switch
        {
            OptionType.Boolean => (value.Kind switch { JsonTokenType.True => "true", JsonTokenType.False => "false", _ => null }, "true or false"),
            OptionType.Integer or OptionType.Number => (value.Kind == JsonTokenType.Number ? value.Text : null, "a number"),
            _ => (value.Kind == JsonTokenType.String ? value.Text : null, "a string"),
        };
        if (text is null)
        {
            return WrongType<string>(value, wanted);
        }

        if (option.FindFault(text) is { } fault)
        {
            NotAllowed(value, $"a value that the option takes ({fault})");
        }

        return text;
    }

    private double? Bound(ManifestValue parent, string key)
    {
        if (parent.Find(key) is not { } value)
        {
            return null;
        }

        if (value.Kind != JsonTokenType.Number)
        {
            WrongType<string>(value, "a number");
            return null;
        }

        return double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
