using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Reads sensitivity.json.</summary>
public static class SensitivityReader
{
    private const int MaximumBytes = 64 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; messages call it so.</param>
    /// <exception cref="PlanException">It cannot be read or holds no curves.</exception>
    public static SensitivityDocument ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            long length = OrdinaryFile.LengthOf(path);
            return length is > 0 and <= MaximumBytes
                ? Read(File.ReadAllBytes(path), path)
                : throw new PlanException($"{path}: {(length == 0 ? OrdinaryFile.NoLength : $"the file is larger than {MaximumBytes >> 20} MB")}; a file is wanted that 'host sensitivity' wrote.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PlanException($"{path}: the file cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">UTF-8 text.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="PlanException">It holds no curves.</exception>
    public static SensitivityDocument Read(ReadOnlyMemory<byte> text, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement) with { File = file };
        }
        catch (JsonException error)
        {
            throw new PlanException($"{file}, line {((error.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture)}: this is no JSON, or it is cut off. Run 'host sensitivity' again: it goes on where it was.");
        }
        catch (FormatException fault)
        {
            throw new PlanException($"{file}: {fault.Message} A file is wanted that 'host sensitivity' wrote.");
        }
        catch (InvalidOperationException)
        {
            // Bytes or escapes that are no Unicode surface only when a text is asked for.
            throw new PlanException($"{file}: a text in it is not valid Unicode. A file is wanted that 'host sensitivity' wrote.");
        }
    }

    private static SensitivityDocument Read(JsonElement root)
    {
        int version = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("sensitivityVersion", out _)
            ? Whole(root, "sensitivityVersion", string.Empty)
            : throw new FormatException("there is no 'sensitivityVersion' in it.");
        if (version != SensitivityDocument.CurrentVersion)
        {
            throw new FormatException($"it has version {version}; this program reads version {SensitivityDocument.CurrentVersion}.");
        }

        JsonElement criterion = Member(root, "criterion", JsonValueKind.Object, string.Empty);
        JsonElement metric = Member(root, "metric", JsonValueKind.Object, string.Empty);
        return new SensitivityDocument
        {
            Network = Text(root, "network", string.Empty),
            Architecture = Text(root, "architecture", string.Empty),
            Settings = Text(root, "settings", string.Empty),
            Criterion = Text(criterion, "name", "criterion: "),
            CriterionOptions = Member(criterion, "options", JsonValueKind.Object, "criterion: ").EnumerateObject()
                .GroupBy(static option => option.Name, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(
                    static option => option.Key,
                    static option => option.Count() == 1 ? option.First().Value.ToString() : throw new FormatException($"criterion: the option {PlanNames.Quote(option.Key)} stands twice."),
                    StringComparer.Ordinal),
            Metric = new CurveMetric(Text(metric, "evaluator", "metric: "), ReadMetric(metric)),
            Dataset = root.TryGetProperty("dataset", out JsonElement dataset) && dataset.ValueKind == JsonValueKind.String ? dataset.GetString() : null,
            Recalibrated = FittedOn(root, "recalibrated"),
            Reconstructed = FittedOn(root, "reconstructed"),
            Rates = [.. Items(root, "rates", string.Empty).Select(static rate => rate.ValueKind == JsonValueKind.Number ? rate.GetDouble() : throw new FormatException("'rates' holds what is no number."))],
            Groups = ReadGroups(root),
            Structure = [.. Items(root, "structure", string.Empty).Select(static line => line.ToString())],
        };
    }

    /// <summary>A number of pictures; 0 where the file is older than the option.</summary>
    private static int FittedOn(JsonElement root, string name) => root.TryGetProperty(name, out _) ? Whole(root, name, string.Empty) : 0;

    private static Metric ReadMetric(JsonElement metric) => new(
        Text(metric, "name", "metric: "),
        Number(metric, "value", "metric: "),
        Text(metric, "unit", "metric: "),
        MetricJson.DirectionOf(Text(metric, "better", "metric: ")) is { } direction and not MetricDirection.Neutral
            ? direction
            : throw new FormatException("metric: 'better' must be higher or lower."),
        Math.Clamp(Whole(metric, "decimals", "metric: "), 0, 9));

    private static ImmutableArray<GroupCurve> ReadGroups(JsonElement root)
    {
        var curves = ImmutableArray.CreateBuilder<GroupCurve>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement item in Items(root, "groups", string.Empty))
        {
            string name = Text(item, "group", "a group: ");
            string owner = $"group {PlanNames.Quote(name)}: ";
            if (!names.Add(name))
            {
                throw new FormatException($"{owner}it stands twice.");
            }

            ImmutableArray<CurvePoint> points = [.. Items(item, "points", owner).Select(point => ReadPoint(point, owner))];
            for (int i = 1; i < points.Length; i++)
            {
                if (points[i].Rate <= points[i - 1].Rate)
                {
                    throw new FormatException($"{owner}rates must rise from point to point.");
                }
            }

            curves.Add(new GroupCurve(name, [.. Text(item, "layers", owner).Split(' ')], Whole(item, "channels", owner), points));
        }

        return curves.Count > 0 ? curves.ToImmutable() : throw new FormatException("it has no curves.");
    }

    private static CurvePoint ReadPoint(JsonElement point, string owner)
    {
        double rate = Number(point, "rate", owner);
        return rate is > 0 and <= 1
            ? new CurvePoint(rate, Whole(point, "kept", owner), Member(point, "value", null, owner).ValueKind == JsonValueKind.Null ? double.NaN : Number(point, "value", owner))
            {
                FlopsSaved = Number(point, "flopsSaved", owner),
                ParametersSaved = Number(point, "parametersSaved", owner),
            }
            : throw new FormatException($"{owner}a rate is above 0 and at most 1.");
    }

    private static JsonElement Member(JsonElement owner, string name, JsonValueKind? kind, string where) =>
        owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out JsonElement value) ? throw new FormatException($"{where}'{name}' is missing.")
        : kind is null || value.ValueKind == kind ? value
        : throw new FormatException($"{where}'{name}' is no {kind switch { JsonValueKind.String => "text", JsonValueKind.Number => "number", JsonValueKind.Array => "array", _ => "object" }}.");

    private static string Text(JsonElement owner, string name, string where) => Member(owner, name, JsonValueKind.String, where).GetString()!;

    private static double Number(JsonElement owner, string name, string where) =>
        Member(owner, name, JsonValueKind.Number, where).TryGetDouble(out double number) && double.IsFinite(number) ? number : throw new FormatException($"{where}'{name}' is no finite number.");

    private static int Whole(JsonElement owner, string name, string where) =>
        Member(owner, name, JsonValueKind.Number, where).TryGetInt32(out int number) && number >= 0 ? number : throw new FormatException($"{where}'{name}' is no whole number.");

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name, string where) => Member(owner, name, JsonValueKind.Array, where).EnumerateArray();
}
