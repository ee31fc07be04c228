using System.Collections.Immutable;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>All kinds of sections.</summary>
internal static class SectionTypes
{
    /// <summary>In the order in which they are asked to write a node.</summary>
    public static ImmutableArray<SectionType> All { get; } =
    [
        // Before [convolutional]: both say some convolutions.
        new ConnectedSection(),
        new ShortcutSection(),
        new ConvolutionalSection(),
        new LocalSection(),
        new MaxPoolSection(),
        new AveragePoolSection(),
        new UpsampleSection(),
        new ReorgSection(),
        new Reorg3dSection(),
        new CropSection(),
        new SoftmaxSection(),

        // Before [route], which says every node that passes its input on.
        new CostSection(),
        new ActivationSection(),
        new RouteSection(),

        // Before [scale_channels], which repeats one of its factors.
        new SamSection(),
        new ScaleChannelsSection(),
        new DropoutSection(),
        new RecurrentSection("rnn"),
        new RecurrentSection("gru"),
        new RecurrentSection("lstm"),
        YoloSection.Plain,
        YoloSection.Gaussian,
        new RegionSection(),
        new DetectionSection(),
    ];

    /// <summary>The names that can be read, for messages.</summary>
    public static string Names => string.Join(", ", All.SelectMany(static type => type.Aliases.Prepend(type.Name)));

    /// <summary>The kind of section with a name, or null.</summary>
    public static SectionType? Find(string name) => All.FirstOrDefault(type => type.Name == name || type.Aliases.Contains(name, StringComparer.Ordinal));
}
