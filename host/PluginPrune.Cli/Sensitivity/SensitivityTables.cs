using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Cli.Inspect;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Sensitivity;
using Spectre.Console;

namespace PluginPrune.Cli.Sensitivity;

/// <summary>Shows the prune table to a person.</summary>
/// <param name="writer">Takes the text.</param>
internal sealed class SensitivityTables(TextWriter writer)
{
    private const int MostLayers = 4;

    /// <summary>The table.</summary>
    /// <param name="document">The curves.</param>
    /// <param name="allPictures">How many pictures there were to draw from.</param>
    /// <param name="allowed">The drop up to which a group may go.</param>
    public void Write(SensitivityDocument document, int allPictures, double allowed)
    {
        Metric metric = document.Metric.Metric;
        writer.WriteLine(string.Join(", ", HeadLine(document, allPictures)));
        writer.WriteLine($"{MetricText.Title(metric)} of the whole network: {MetricText.Value(metric, metric.Value)}; and with so much of one group gone, all others whole:");
        writer.WriteLine();
        Table table = Tables.New(
        [
            "group", "layers", ">channels", .. document.Rates.Select(static rate => Tables.Text($">{100 * rate:0.##} %")), ">within " + CurveAllowance.Text(allowed), ">FLOPs that go",
        ]);
        foreach (GroupCurve curve in document.Groups)
        {
            CurvePoint? largest = curve.LargestWithin(document.Metric, allowed);
            Tables.Row(
                table,
                [
                    curve.Group,
                    Tables.Layers(curve.Layers, MostLayers),
                    Tables.Text($"{curve.Channels}"),
                    .. curve.Points.Select(point => MetricText.Value(metric, point.Value)),
                    largest is null ? "none" : Tables.Text($"{100 * largest.Rate:0.##} %"),
                    largest is null ? "-" : Tables.Text($"{largest.FlopsSaved:P1}"),
                ]);
        }

        Tables.Write(writer, table, isWide: true);
        foreach (var reason in document.Whole.GroupBy(static group => group.Why, StringComparer.Ordinal))
        {
            writer.WriteLine($"Not measured: {string.Join(", ", reason.Take(MostLayers).Select(static group => group.Group))}{(reason.Count() > MostLayers ? Tables.Text($" and {reason.Count() - MostLayers} more") : string.Empty)}: {reason.Key}");
        }
    }

    /// <summary>What can be done with it.</summary>
    public void WriteEnd(SensitivityResult curves, SensitivityDocument document, string folder, double allowed)
    {
        writer.WriteLine();
        string known = curves.Known > 0 ? Tables.Text($", {curves.Known} known from before") : string.Empty;
        writer.WriteLine(Tables.Text($"Measured: {curves.Measured}{known}. Written to {folder}: {SensitivityFolder.Document}, {SensitivityFolder.Picture}"));
        string? fitting = CurveFitting.OptionOf(document);
        writer.WriteLine(Tables.Text($"Prune each group as far as that: host prune with the same --model{(fitting is null ? string.Empty : " and pictures")}, --rates-from {ShellWords.Quote(Path.Combine(folder, SensitivityFolder.Document))} --max-drop {CurveAllowance.Text(allowed)}{(fitting is null ? string.Empty : $" {fitting}")}"));
    }

    private static IEnumerable<string> HeadLine(SensitivityDocument document, int allPictures)
    {
        yield return document.Network;
        yield return $"channels by {document.Criterion.Split('/')[^1]}";
        if (document.Dataset is { } dataset)
        {
            yield return Tables.Text($"{dataset} ({(document.Pictures < allPictures ? Tables.Text($"{document.Pictures} of {allPictures}") : Tables.Text($"{document.Pictures}"))} pictures)");
        }

        if (document.Recalibrated > 0)
        {
            yield return Tables.Text($"recalibrated on {document.Recalibrated}");
        }

        if (document.Reconstructed > 0)
        {
            yield return Tables.Text($"reconstructed on {document.Reconstructed}");
        }

        if (document.Engine is { } engine)
        {
            yield return engine;
        }
    }
}
