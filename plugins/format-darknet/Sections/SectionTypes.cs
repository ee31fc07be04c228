using System.Collections.Immutable;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>All kinds of sections.</summary>
internal static class SectionTypes
{
    /// <summary>In the order in which they are asked to write a node.</summary>
    public static ImmutableArray<SectionType> All { get; } =
    [
        new ConvolutionalSection(),
        new MaxPoolSection(),
        new AveragePoolSection(),
        new UpsampleSection(),
        new ActivationSection(),
        new RouteSection(),
        new ShortcutSection(),
        new ScaleChannelsSection(),
        new DropoutSection(),
        new YoloSection(),
    ];

    /// <summary>The names that can be read, for messages.</summary>
    public static string Names => string.Join(", ", All.SelectMany(static type => type.Aliases.Prepend(type.Name)));

    /// <summary>The kind of section with a name, or null.</summary>
    public static SectionType? Find(string name) => All.FirstOrDefault(type => type.Name == name || type.Aliases.Contains(name, StringComparer.Ordinal));
}
