using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>
/// [shortcut]: the layer before plus one or more earlier layers. Of unequal shapes Darknet adds what both have, every so many
/// places where the earlier one is larger; with 'weights_type' each layer has factors.
/// </summary>
internal sealed class ShortcutSection : SectionType
{
    public override string Name => "shortcut";

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        RefuseFactors(section, "alpha", "beta");
        bool? isPerChannel = ShortcutWeights.IsPerChannel(section);
        string normalization = ShortcutWeights.Normalization(section);
        ImmutableArray<string> sources = reader.Resolve("from");
        Shape own = reader.PreviousShape;
        WeightsSlot? slot = isPerChannel is { } perChannel ? reader.Weights("factors", sources.Length + 1, perChannel ? own.Channels : 1) : null;
        if (sources.All(source => reader.ShapeOf(source) == own))
        {
            string sum = slot is null ? reader.Add("add", new Add(), [reader.Previous, .. sources]) : AddWeighted(reader, slot, sources, normalization);
            return reader.AddActivation(sum, "linear");
        }

        if (slot is null && sources.Length == 1 && FindStep(reader.ShapeOf(sources[0]), own) is { } step)
        {
            return reader.AddActivation(AddUnequal(reader, sources[0], step), "linear");
        }

        CheckUnequal(reader, sources);
        return reader.AddOpaque(own, slot is null ? [] : [slot], [reader.Previous, .. sources]);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        switch (node.Operation)
        {
            case Add:
                return PlanSum(node, planner);
            case Slice or MaxPool or Convolution when SourceOf(node.Annotations) is not null && ShortcutPattern.Has(node, planner):
                // The sum writes what belongs to it.
                planner.Fuse(node);
                return null;
            default:
                return Keep(node, "from");
        }
    }

    private static string AddWeighted(SectionReader reader, WeightsSlot slot, ImmutableArray<string> sources, string normalization)
    {
        int channels = reader.PreviousShape.Channels;
        var weights = new Lazy<ShortcutWeights>(() => ShortcutWeights.From(slot.ToTensor(), channels, normalization));
        string[] scaled = new string[sources.Length + 1];
        for (int i = 0; i < scaled.Length; i++)
        {
            int source = i;
            scaled[i] = reader.Add(
                string.Create(CultureInfo.InvariantCulture, $"factor{i}"),
                () => new Convolution(Tensor.FromFloats(new Shape(channels, 1, 1, 1), weights.Value.Factors[source]), null) { Groups = channels },
                reader.PreviousShape,
                i == 0 ? reader.Previous : sources[i - 1]);
        }

        return reader.Add("add", static () => new Add(), reader.PreviousShape, [.. scaled], annotations => annotations.With(weights.Value));
    }

    private static string AddUnequal(SectionReader reader, string source, int step)
    {
        Shape own = reader.PreviousShape;
        if (step > 1)
        {
            source = reader.Add("step", new MaxPool(Extent.Square(1), Extent.Square(step), default), source);
        }

        int channels = reader.ShapeOf(source).Channels;
        if (channels >= own.Channels)
        {
            string cut = channels == own.Channels ? source : reader.Add("cut", new Slice(0, own.Channels), source);
            return reader.Add("add", new Add(), reader.Previous, cut);
        }

        string first = reader.Add("first", new Slice(0, channels), reader.Previous);
        string rest = reader.Add("rest", new Slice(channels, own.Channels - channels), reader.Previous);
        return reader.Add("concat", new Concat(), reader.Add("add", new Add(), first, source), rest);
    }

    // Every so many places of the earlier layer, or null where that does not give the places of the layer before.
    private static int? FindStep(Shape source, Shape own)
    {
        int step = source.Height / own.Height;
        return step >= 1 && step == source.Width / own.Width && ((source.Height - 1) / step) + 1 == own.Height && ((source.Width - 1) / step) + 1 == own.Width
            ? step
            : null;
    }

    // Darknet takes one step for both sides; where they differ it stops.
    private static void CheckUnequal(SectionReader reader, ImmutableArray<string> sources)
    {
        Shape own = reader.PreviousShape;
        foreach (Shape source in sources.Select(reader.ShapeOf))
        {
            if (source.Width / own.Width != source.Height / own.Height || own.Width / source.Width != own.Height / source.Height)
            {
                throw reader.Section.Fault(
                    "from", $"layer {reader.Section.Index} [shortcut] adds {source} to {own}; heights and widths must be equal, or one a multiple of the other by the same step.");
            }
        }
    }

    private static void RefuseFactors(CfgSection section, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (section.Number(key, 1) != 1)
            {
                throw section.Fault(key, $"[shortcut] has {key} = {section.Text(key)}, which AlexeyAB's Darknet ignores and the original obeys; only 1 is supported.");
            }
        }
    }

    private SectionDraft PlanSum(Node node, Planner planner)
    {
        ShortcutPattern? pattern = SourceOf(node.Annotations) is null ? null : ShortcutPattern.Around(node, planner);
        foreach (Node part in pattern?.Parts ?? [])
        {
            planner.Fuse(part);
        }

        (ImmutableArray<Setting> weighted, Tensor? raw) = WeightsOf(node, pattern);
        ImmutableArray<Setting> activation = ActivationSettings(pattern?.Last ?? node, planner, "linear", out string output);
        return new SectionDraft(this, node, output)
        {
            Source = SourceOf(node.Annotations),
            Primary = pattern is null ? node.Inputs : [pattern.Own],
            References = pattern?.Sources ?? [],
            ReferenceKey = "from",
            Settings = [.. weighted, .. activation],
            Weights = raw is null ? null : new SectionWeights { Others = [raw] },
        };
    }

    private static (ImmutableArray<Setting> Settings, Tensor? Raw) WeightsOf(Node node, ShortcutPattern? pattern)
    {
        if (pattern is not { Factors.Length: > 0 })
        {
            return ([new Setting("weights_type", "none", "none")], null);
        }

        if (node.Annotations.Find<ShortcutWeights>()?.Find(pattern.Factors) is { } raw)
        {
            return ([], raw);
        }

        // Factors that the old numbers do not mean are said as what they are.
        float[] factors = [.. pattern.Factors.SelectMany(static each => each)];
        ImmutableArray<Setting> settings = [new Setting("weights_type", "per_channel", "none"), new Setting("weights_normalization", "none", "none")];
        return (settings, Tensor.FromFloats(factors));
    }
}
