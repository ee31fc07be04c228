using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Pruning;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Verification;
using Spectre.Console;

namespace PluginPrune.Cli.Prune;

/// <summary>Shows a pruning run to a person.</summary>
/// <param name="writer">Takes the text.</param>
internal sealed class PruneTables(TextWriter writer)
{
    private const int Width = 120;

    private int _nameWidth;

    public void Write(PruneReport report, bool isVerbose)
    {
        writer.WriteLine($"{report.Network}, {MadeLabel.Of(report.Made)}");
        WriteSummary(report);
        if (isVerbose)
        {
            WriteLayers(report);
        }

        if (report.Crop is { } crop)
        {
            CropText.Write(crop, writer);
        }

        if (report.Made.TryGetValue(PruneRun.Parts, out string? parts))
        {
            writer.WriteLine($"Parts: {parts}");
        }

        if (report.Plan.RemovedBlocks.Length > 0)
        {
            writer.WriteLine($"Blocks removed (their additions): {string.Join(", ", report.Plan.RemovedBlocks.Select(static block => block.Layers[^1]))}");
        }

        if (report.Search is { } search)
        {
            WriteSearch(search);
        }

        if (report.Recalibration is { } recalibration)
        {
            string what = recalibration.Weights is { } weights ? $"Reconstructed: weights of {Counted(weights, "layer")}; fitted: " : "Recalibrated: ";
            writer.WriteLine($"{what}{Counted(recalibration.Layers, "layer")}, on {Counted(recalibration.Pictures, "picture")} of {recalibration.Source}");
        }

        if (report.Evaluation is { } evaluation)
        {
            writer.WriteLine($"Measured{(evaluation.Engine is { } engine ? $" with {engine}" : string.Empty)}{(evaluation.Dataset is { } pictures ? $" on {pictures}" : string.Empty)}");
        }

        if (report.EnergyRemoved is { } energy)
        {
            writer.WriteLine(Text($"Energy of the scores that went: {energy:P2}"));
        }

        if (report.Folding is { Mode: FoldingMode.Exact, Constants: var constants } folding)
        {
            writer.WriteLine(constants == 0
                ? "Folding: exact without a constant channel"
                : Text($"Folding: exact; channels that stay as constants: {constants}, with {folding.Parameters:N0} parameters and {folding.Flops * 1e-9:0.0000} GFLOPs of what is left"));
        }

        if (report.Verification is { } verification)
        {
            Write(verification);
        }

        writer.WriteLine($"Time: {string.Join(", ", report.Steps.Select(static step => Text($"{step.Step} {step.Elapsed.TotalMilliseconds:0} ms")))}");
        writer.WriteLine(report.OutputPath is { } folder
            ? $"Written to {folder}: {string.Join(", ", report.Files)}"
            : "Nothing was written (--dry-run).");
    }

    /// <summary>Plain text: a run of a quarter of a second does not wait for a table library to be loaded.</summary>
    private void WriteSummary(PruneReport report)
    {
        ImmutableArray<MeasuredRow> measured = MeasuredRow.Of(report);
        _nameWidth = measured.Select(static row => row.Name.Length).Append(12).Max();
        writer.WriteLine();
        Row(string.Empty, "before", "after", "left");
        writer.WriteLine("  " + new string('─', _nameWidth + 39));
        Cost("parameters", report.Before.Parameters, report.After.Parameters, "N0", 1);
        Cost("GFLOPs", report.Before.Gflops, report.After.Gflops, "0.000", 1);
        Cost("weights, MB", report.Before.Bytes, report.After.Bytes, "0.00", 1e-6);
        Cost("channels", report.Before.Channels, report.After.Channels, "N0", 1);
        Cost("layers", report.Before.Layers.Length, report.After.Layers.Length, "N0", 1);
        foreach (MeasuredRow row in measured)
        {
            Row(row.Name, row.Before, row.After, row.Change);
        }

        writer.WriteLine();

        void Cost(string name, double before, double after, string format, double unit) => Row(
            name,
            (before * unit).ToString(format, CultureInfo.InvariantCulture),
            (after * unit).ToString(format, CultureInfo.InvariantCulture),
            Text($"{after / before:P1}"));

    }

    private void Row(string name, string before, string after, string left) =>
        writer.WriteLine($"  {name.PadRight(_nameWidth)} {before,14} {after,14} {left,8}");

    private void WriteSearch(RateSearchReport search)
    {
        writer.WriteLine($"{char.ToUpperInvariant(search.Varied[0])}{search.Varied[1..]} searched for {search.Bound}:");
        foreach ((TargetMeasurement step, string text) in search.Steps)
        {
            writer.WriteLine(Text($"  {search.Varied} {step.Rate:0.0000}  {text}  {(step.IsMet ? "within" : "beyond")}"));
        }
    }

    private void WriteLayers(PruneReport report)
    {
        TableText.Write(writer, Layers(report), Width);
        writer.WriteLine();
    }

    private static Table Layers(PruneReport report)
    {
        var after = report.After.Layers.ToDictionary(static layer => layer.Layer, StringComparer.Ordinal);
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("layer");
        table.AddColumn("kind");
        foreach (string title in new[] { "channels", "after", "parameters", "after", "MFLOPs", "after" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (LayerCost layer in report.Before.Layers)
        {
            LayerCost? now = after.GetValueOrDefault(layer.Layer);
            table.AddRow(
                Markup.Escape(layer.Layer),
                Markup.Escape(layer.Kind),
                Text($"{layer.Channels}"),
                now is null ? "removed" : Text($"{now.Channels}"),
                Text($"{layer.Parameters:N0}"),
                Text($"{now?.Parameters ?? 0:N0}"),
                Text($"{layer.MultiplyAdds * 2e-6:0.0}"),
                Text($"{(now?.MultiplyAdds ?? 0) * 2e-6:0.0}"));
        }

        return table;
    }

    private static string Counted(int number, string what) => Text($"{number} {what}{(number == 1 ? string.Empty : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Write(VerificationReport verification)
    {
        writer.WriteLine(Text($"Verified: small against folded network {verification.Compact.Largest:0.0e+0} of the largest output (at most {VerificationReport.Tolerance:0e+0})"));
        writer.WriteLine(Text($"  folding (against the network with scales 0): inside {Share(verification.Folding.Inner)}, border ring {Share(verification.Folding.Border)}"));
        writer.WriteLine(verification.Change.OfWhatVaries is { } change
            ? Text($"  change from the original: {change:P1} of what its outputs tell of a generated picture ({Share(verification.Change.Overall)} of all)")
            : $"  change from the original outputs: {Share(verification.Change.Overall)} (relative L2, on a generated picture)");
    }

    private static string Share(double? value) => value is { } share ? Text($"{share:0.0e+0}") : "none";
}
