using System.Globalization;
using PluginPrune.Cli.Inspect;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data.Checking;
using Spectre.Console;

namespace PluginPrune.Cli.Data;

/// <summary>A report on a dataset as text.</summary>
/// <param name="writer">Takes it.</param>
internal sealed class DatasetReportText(TextWriter writer)
{
    private const int Examples = 3;
    private const int MostUnused = 12;

    public void Write(DatasetReport report, string format, string split, bool isVerbose)
    {
        ObjectStatistics objects = report.Objects;
        bool isOfPictures = IsOfPictures(report);
        string classes = Count(report.Classes.Count(static count => count.Pictures > 0), "class");
        writer.WriteLine(Tables.Text($"{report.Name}, '{split}', read as {format}: {Count(report.Pictures, "picture")}{(isOfPictures ? string.Empty : $", {Count(objects.Count, "object")}")} of {classes}"));
        if (report.Pictures > 0)
        {
            WriteSizes(report.Sizes);
        }

        if (report.Pictures > 0 && !isOfPictures)
        {
            WriteObjects(objects);
        }

        WriteClasses(report);
        WriteFaults(report, isVerbose);
    }

    /// <summary>Whether pictures show one class each, and no objects in boxes.</summary>
    private static bool IsOfPictures(DatasetReport report) => report.Objects.Count == 0 && report.Classes.Any(static count => count.Pictures > 0);

    private void WriteSizes(SizeStatistics sizes)
    {
        string formats = string.Join(", ", sizes.Formats.Select(static pair => Tables.Text($"{pair.Count} {Upper(pair.Format.ToString())}")));
        if (formats.Length > 0)
        {
            writer.WriteLine(Tables.Text($"  pictures: {formats}; {sizes.Landscape} landscape, {sizes.Portrait} portrait, {sizes.Square} square; {Count(sizes.Different, "size")}"));
            writer.WriteLine(Tables.Text($"  width {sizes.Width.Minimum} to {sizes.Width.Maximum}, median {sizes.Width.Median}; height {sizes.Height.Minimum} to {sizes.Height.Maximum}, median {sizes.Height.Median}"));
        }
    }

    private void WriteObjects(ObjectStatistics objects)
    {
        string special = string.Concat(
            objects.Crowds > 0 ? Tables.Text($"; {objects.Crowds} crowds") : string.Empty,
            objects.Difficult > 0 ? Tables.Text($"; {objects.Difficult} difficult") : string.Empty);
        writer.WriteLine(Tables.Text($"  objects a picture: {objects.PerPicture.Minimum} to {objects.PerPicture.Maximum}, median {objects.PerPicture.Median}, mean {objects.PerPicture.Mean:0.0}; {Count(objects.EmptyPictures, "picture")} without any{special}"));
        int known = objects.Small + objects.Medium + objects.Large;
        if (known > 0)
        {
            double share = 1.0 / known;
            writer.WriteLine(Tables.Text($"  boxes: {objects.Small * share:P0} small (below 32 x 32 pixels), {objects.Medium * share:P0} medium, {objects.Large * share:P0} large (from 96 x 96 on)"));
            Quantiles side = objects.RelativeSide;
            writer.WriteLine(Tables.Text($"  side of a box as a share of the picture's: {side.Minimum:P1} to {side.Maximum:P1}, median {side.Median:P1}, eight of ten from {side.Lower:P1} to {side.Upper:P1}"));
            Quantiles aspect = objects.AspectRatio;
            writer.WriteLine(Tables.Text($"  width over height: {aspect.Minimum:0.00} to {aspect.Maximum:0.00}, median {aspect.Median:0.00}, eight of ten from {aspect.Lower:0.00} to {aspect.Upper:0.00}"));
        }
    }

    private void WriteClasses(DatasetReport report)
    {
        ClassCount[] used = [.. report.Classes.Where(static count => count.Pictures > 0)];
        if (IsOfPictures(report))
        {
            Table table = Tables.New(">class", "name", ">pictures", ">of all");
            foreach (ClassCount count in used)
            {
                Tables.Row(table, Tables.Text($"{count.Index}"), count.Name ?? "-", Tables.Text($"{count.Pictures:N0}"), Tables.Text($"{(double)count.Pictures / report.Pictures:P1}"));
            }

            writer.WriteLine();
            Tables.Write(writer, table);
        }
        else if (used.Length > 0)
        {
            Table table = Tables.New(">class", "name", ">objects", ">of all", ">pictures");
            foreach (ClassCount count in used)
            {
                Tables.Row(
                    table,
                    Tables.Text($"{count.Index}"),
                    count.Name ?? "-",
                    Tables.Text($"{count.Objects:N0}"),
                    Tables.Text($"{(double)count.Objects / report.Objects.Count:P1}"),
                    Tables.Text($"{count.Pictures:N0}"));
            }

            writer.WriteLine();
            Tables.Write(writer, table);
        }

        string[] unused = [.. report.Classes.Where(static count => count.Pictures == 0).Select(static count => count.Name!)];
        if (unused.Length > 0)
        {
            writer.WriteLine(Tables.Text($"Without {(IsOfPictures(report) ? "pictures" : "objects")}: {string.Join(", ", unused.Take(MostUnused))}{(unused.Length > MostUnused ? Tables.Text($" and {unused.Length - MostUnused} more") : string.Empty)}"));
        }
    }

    private void WriteFaults(DatasetReport report, bool isVerbose)
    {
        foreach (FaultGroup group in report.Faults)
        {
            writer.WriteLine();
            writer.WriteLine(Tables.Text($"{group.Severity}: {group.Kind}, {group.Faults.Length}"));
            int shown = isVerbose ? group.Faults.Length : Math.Min(Examples, group.Faults.Length);
            foreach (DatasetFault fault in group.Faults.Take(shown))
            {
                writer.WriteLine($"  {fault}");
            }

            if (shown < group.Faults.Length)
            {
                writer.WriteLine(Tables.Text($"  and {group.Faults.Length - shown} more; --verbose lists them"));
            }
        }

        writer.WriteLine();
        writer.WriteLine(Verdict(report));
    }

    private static string Verdict(DatasetReport report) => report.Errors > 0
        ? Tables.Text($"{Count(report.Errors, "error")}; {Count(report.UnusablePictures, "picture")} cannot be used. Mend what is wrong, or let --skip-bad pass over such pictures.")
        : report.Faults.Any(static group => group.Severity == FaultSeverity.Warning) ? "Nothing keeps it from being used; what is warned of was dealt with as it says."
        : report.IsQuick ? "Nothing is wrong, as far as labels and the pictures' headers tell."
        : "Nothing is wrong.";

    private static string Count(int count, string what) => string.Create(
        CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? string.Empty : what.EndsWith('s') ? "es" : "s")}");

    private static string Upper(string format) => format == "Netpbm" ? "PPM or PGM" : format.ToUpperInvariant();
}
