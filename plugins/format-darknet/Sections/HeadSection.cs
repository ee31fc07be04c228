using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>A section that says what the value before it means. It computes nothing here; who reads it reads what it reads.</summary>
internal abstract class HeadSection : SectionType
{
    // Far more than any network has; it keeps a wrong number from becoming a long list.
    private const int MostAnchors = 1000;

    private const double MissingAnchor = 0.5;

    /// <summary>The kind of the heads.</summary>
    protected abstract string Kind { get; }

    /// <summary>The numbers that stand in the head's parameters, with Darknet's default where the section does not give them.</summary>
    protected abstract ImmutableArray<(string Key, double Default)> Numbers { get; }

    /// <summary>The lists that stand in the head's parameters; those of a section that was read are written again only where they changed.</summary>
    protected virtual ImmutableArray<string> Lists => [];

    public sealed override string Read(SectionReader reader)
    {
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach ((string key, double otherwise) in Numbers)
        {
            parameters[key] = [reader.Section.Number(key, otherwise)];
        }

        ReadMore(reader, parameters);
        reader.AddHead(Kind, parameters.ToImmutable());
        return reader.Previous;
    }

    /// <summary>Plans the section of a head, or null where it is of another kind.</summary>
    public SectionDraft? Plan(Head head, Planner planner)
    {
        if (head.Kind != Kind)
        {
            return null;
        }

        CfgSection? source = SourceOf(head.Annotations);
        IEnumerable<Setting> lists = Lists.Where(key => head.Parameters.TryGetValue(key, out ImmutableArray<double> list) && (source is null || !IsAsRead(source, key, list)))
            .Select(key => new Setting(key, Text(key, head.Parameters[key])) { IsAlwaysWritten = true });
        IEnumerable<Setting> numbers = Numbers.Select(entry =>
            new Setting(entry.Key, Text(head.Number(entry.Key, Otherwise(head, entry))), Text(entry.Default)) { IsAlwaysWritten = entry.Key is "classes" or "num" });
        return new SectionDraft(this, head) { Source = source, Primary = [head.Input], Settings = [.. lists, .. numbers] };
    }

    /// <summary>Checks the numbers against the value before and adds lists.</summary>
    protected abstract void ReadMore(SectionReader reader, ImmutableSortedDictionary<string, ImmutableArray<double>>.Builder parameters);

    /// <summary>Reads how many anchors there are.</summary>
    protected int ReadCount(SectionReader reader)
    {
        int count = reader.AtLeast(1, "num", 1);
        return count <= MostAnchors
            ? count
            : throw reader.Section.Fault("num", $"[{Name}] has num = {count}; more than {MostAnchors} anchors cannot be meant.");
    }

    /// <summary>Reads pairs of widths and heights; Darknet takes 0.5 for those that are missing.</summary>
    protected ImmutableArray<double> ReadAnchors(SectionReader reader, int count)
    {
        ImmutableArray<double> anchors = reader.Section.Numbers("anchors") ?? [];
        long wanted = 2L * count;
        if (anchors.Length >= wanted)
        {
            return anchors[..(int)wanted];
        }

        if (anchors.Length % 2 != 0)
        {
            throw reader.Section.Fault("anchors", $"[{Name}] has {anchors.Length} numbers in anchors; with num = {count} it must have {wanted}.");
        }

        reader.Warn($"it has {anchors.Length / 2} pairs of anchors and num = {count}; the others are 0.5, 0.5, as in Darknet.");
        return [.. anchors, .. Enumerable.Repeat(MissingAnchor, (int)wanted - anchors.Length)];
    }

    // Heads of other formats do not count their anchors: there are as many as are listed.
    private static double Otherwise(Head head, (string Key, double Default) entry) =>
        entry.Key == "num" && head.Parameters.GetValueOrDefault("anchors", []) is { Length: > 0 } anchors ? anchors.Length / 2 : entry.Default;

    // What a section leaves out is Darknet's: all anchors are picked, and those that are missing are half a pixel.
    private static bool IsAsRead(CfgSection source, string key, ImmutableArray<double> list)
    {
        ImmutableArray<double> read = source.Numbers(key) ?? [];
        for (int i = 0; i < list.Length; i++)
        {
            if (list[i] != (i < read.Length ? read[i] : key == "mask" ? i : MissingAnchor))
            {
                return false;
            }
        }

        return true;
    }

    // Anchors are pairs, and easier to read as such.
    private static string Text(string key, ImmutableArray<double> list) =>
        string.Join(", ", list.Chunk(key == "anchors" ? 2 : list.Length).Select(static part => string.Join(',', part.Select(Text))));

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
