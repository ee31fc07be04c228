using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.EvaluatorDetection;
using PluginPrune.EvaluatorDetection.Results;
using PluginPrune.EvaluatorDetection.Variants;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators.Metrics;

/// <summary>Two public samples for code that computes mean average precision, with the values that their authors publish.</summary>
public sealed partial class PublishedSamplesTests
{
    [SharedDataFact]
    public void A_sample_of_85_pictures_has_the_published_precision_in_all_and_in_every_class()
    {
        string input = SharedData.PathOf("data/map-reference/cartucho/input");
        var names = new List<string>();

        // Corners, both within the box: a pixel more to the right and below.
        LabelledDetections[] pictures = Read(Path.Combine(input, "ground-truth"), Path.Combine(input, "detection-results"), names, static (a, b, c, d) => new Box(a, b, c + 1, d + 1));

        DetectionScores scores = DetectionScores.Measure(pictures, names.Count, VariantRules.Of(MetricVariant.Voc, 0.5), CancellationToken.None);

        pictures.Should().HaveCount(85);
        Math.Round(100 * scores.MeanAveragePrecision(0), 2).Should().Be(31.05);
        MatchCollection expected = ClassLine().Matches(File.ReadAllText(SharedData.PathOf("data/map-reference/cartucho/expected-output.txt")));
        expected.Should().HaveCountGreaterThan(20);
        foreach (Match line in expected)
        {
            int index = names.IndexOf(line.Groups["name"].Value);
            Math.Round(100 * scores.Classes[index].AveragePrecision[0, 0], 2).Should().Be(
                double.Parse(line.Groups["percent"].Value, CultureInfo.InvariantCulture), "of {0}", names[index]);
        }
    }

    [SharedDataTheory]
    [InlineData("Voc", 24.57)]
    [InlineData("Voc11", 26.84)]
    public void A_sample_of_7_pictures_has_the_published_precision_at_an_overlap_of_a_third(string variant, double percent)
    {
        string folder = SharedData.PathOf("data/map-reference/padilla");
        var names = new List<string>();

        // Corner and size, and a pixel more.
        LabelledDetections[] pictures = Read(Path.Combine(folder, "groundtruths"), Path.Combine(folder, "detections"), names, static (a, b, c, d) => new Box(a, b, a + c + 1, b + d + 1));

        VariantRules rules = VariantRules.Of(Enum.Parse<MetricVariant>(variant), 0.3);
        DetectionScores scores = DetectionScores.Measure(pictures, names.Count, rules, CancellationToken.None);

        pictures.Should().HaveCount(7);
        Math.Round(100 * scores.MeanAveragePrecision(rules.IouIndex), 2).Should().Be(percent);
    }

    private static LabelledDetections[] Read(string truths, string detections, List<string> names, Func<double, double, double, double, Box> toBox) =>
    [
        .. Directory.GetFiles(truths).Order(StringComparer.Ordinal).Select(file => new LabelledDetections(
            [.. Rows(Path.Combine(detections, Path.GetFileName(file))).Select(row => new Detection(ToBox(row[2..], toBox), IndexOf(row[0], names), Number(row[1])))],
            [.. Rows(file).Select(row => new ObjectLabel(IndexOf(row[0], names), ToBox(row[1..], toBox)) { IsDifficult = row[^1] == "difficult" })])),
    ];

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines(file).Where(static line => line.Trim().Length > 0).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static Box ToBox(string[] row, Func<double, double, double, double, Box> toBox) => toBox(Number(row[0]), Number(row[1]), Number(row[2]), Number(row[3]));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int IndexOf(string name, List<string> names)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }

        return names.IndexOf(name);
    }

    [GeneratedRegex(@"^(?<percent>[\d.]+)% = (?<name>\S+) AP", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClassLine();
}
