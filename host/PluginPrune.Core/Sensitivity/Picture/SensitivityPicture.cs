using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Core.Inspection;

namespace PluginPrune.Core.Sensitivity;

/// <summary>
/// Draws the prune table as one SVG file that needs nothing else: a row for each channel group in the network's order, a cell for
/// each rate with the metric, coloured by how far it has fallen, and a line behind the last rate that is within the allowed drop.
/// </summary>
/// <param name="document">The curves.</param>
/// <param name="allowed">The drop that is allowed.</param>
public sealed class SensitivityPicture(SensitivityDocument document, double allowed)
{
    private const double Margin = 28;
    private const double Top = 170;
    private const double LegendY = 108;
    private const double RowHeight = 22;
    private const double CellWidth = 48;
    private const double Baseline = 4;
    private const double LabelWidth = 196;
    private const double ChannelsWidth = 62;
    private const double ShareWidth = 62;
    private const double BarLength = 110;
    private const double CellsX = Margin + LabelWidth + ChannelsWidth;

    private readonly CurveMetric _metric = document.Metric;
    private readonly DropColors _colors = new(allowed, [.. document.Groups.SelectMany(curve => curve.Drops(document.Metric))]);

    private double ShareX => CellsX + (document.Rates.Length * CellWidth) + ShareWidth;

    private double BarX => ShareX + 20;

    private double Width => Math.Max(BarX + BarLength + 52 + Margin, 760);

    /// <summary>Draws.</summary>
    /// <param name="stream">Takes UTF-8 text.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var pen = new SvgPen(stream, Width, Top + (document.Groups.Length * RowHeight) + Margin + (document.Whole.IsEmpty ? 0 : 20), $"Sensitivity of {document.Network}");
        Heading(pen);
        Legend(pen);
        Columns(pen);
        double mostSaved = document.Groups.Select(curve => curve.LargestWithin(_metric, allowed)?.FlopsSaved ?? 0).Append(0).Max();
        for (int row = 0; row < document.Groups.Length; row++)
        {
            Row(pen, document.Groups[row], Top + (row * RowHeight), mostSaved);
        }

        Stairs(pen);
        if (!document.Whole.IsEmpty)
        {
            pen.Text(Margin, Top + (document.Groups.Length * RowHeight) + 20, Text($"Not shown: {document.Whole.Length} {(document.Whole.Length == 1 ? "group" : "groups")} of which nothing can go."), ("fill", PictureColors.Quiet));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Short(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)]}…";

    private string Value(double value) =>
        double.IsFinite(value) ? value.ToString("F" + Math.Min(3, _metric.Metric.Decimals).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : "–";

    private void Heading(SvgPen pen)
    {
        pen.Text(Margin, 40, Text($"What each channel group of {Short(document.Network, 40)} can lose"), ("font-size", "20"), ("font-weight", "600"));
        string pictures = document.Dataset is { } dataset ? Text($" · {Short(dataset, 40)}, {document.Pictures} pictures") : string.Empty;
        string fitted = document switch
        {
            { Reconstructed: > 0 } => Text($" · reconstructed on {document.Reconstructed} pictures"),
            { Recalibrated: > 0 } => Text($" · recalibrated on {document.Recalibrated} pictures"),
            _ => string.Empty,
        };
        string name = $"{_metric.Metric.Name}{(_metric.Metric.Unit.Length > 0 ? $", {_metric.Metric.Unit}" : string.Empty)}";
        pen.BeginGroup(("font-size", "12"), ("fill", PictureColors.Quiet));
        pen.Text(Margin, 62, $"{name} with a share of one group gone and all others whole; of the whole network {Value(_metric.Metric.Value)}");
        pen.Text(Margin, 79, $"channels by {document.Criterion.Split('/')[^1]}{pictures}{fitted}");
        pen.EndGroup();
    }

    private void Legend(SvgPen pen)
    {
        pen.Text(Margin, LegendY, "drop", ("fill", PictureColors.Quiet));
        double x = Margin + 36;
        foreach ((double drop, string label) in _colors.Legend)
        {
            pen.Rectangle(x, LegendY - 10, 16, 12, ("fill", _colors.Fill(drop)), ("stroke", PictureColors.Rule), ("rx", "2"));
            pen.Text(x + 22, LegendY, label, ("fill", PictureColors.Quiet));
            x += 22 + (label.Length * 6.1) + 18;
        }

        pen.Line(x, LegendY - 11, x, LegendY + 3, PictureColors.Ink, 2);
        pen.Text(x + 8, LegendY, Text($"the last rate within a drop of {allowed:0.####}"), ("fill", PictureColors.Quiet));
    }

    private void Columns(SvgPen pen)
    {
        const double Y = Top - 10;
        pen.BeginGroup(("font-size", "11"), ("fill", PictureColors.Quiet));
        pen.Text(CellsX + (document.Rates.Length * CellWidth / 2), Y - 18, "share of the group that is gone", ("text-anchor", "middle"));
        pen.Text(Margin, Y, "group");
        pen.Text(CellsX - 16, Y, "channels", ("text-anchor", "end"));
        for (int i = 0; i < document.Rates.Length; i++)
        {
            pen.Text(CellsX + ((i + 0.5) * CellWidth), Y, Text($"{100 * document.Rates[i]:0.##} %"), ("text-anchor", "middle"));
        }

        pen.Text(ShareX, Y, "may go", ("text-anchor", "end"));
        pen.Text(BarX, Y, "FLOPs that go with it");
        pen.EndGroup();
        pen.Line(Margin, Top - 2, Width - Margin, Top - 2, PictureColors.Rule, 1);
    }

    private void Row(SvgPen pen, GroupCurve curve, double y, double mostSaved)
    {
        double middle = y + (RowHeight / 2) + Baseline;
        pen.BeginGroup(("class", "group"));
        pen.Title($"{curve.Group}: layers {string.Join(", ", curve.Layers)}");
        pen.Text(Margin, middle, Short(curve.Group, 18), ("font-weight", "600"));
        if (curve.Layers.Length > 1)
        {
            pen.Text(Margin + 8 + (Math.Min(18, curve.Group.Length) * 6.9), middle, Short($"+ {string.Join(' ', curve.Layers.Skip(1))}", 18), ("fill", PictureColors.Quiet), ("font-size", "10"));
        }

        pen.Text(CellsX - 16, middle, Text($"{curve.Channels}"), ("text-anchor", "end"), ("fill", PictureColors.Quiet));
        pen.EndGroup();
        ImmutableArray<double> drops = curve.Drops(_metric);
        for (int i = 0; i < curve.Points.Length; i++)
        {
            Cell(pen, curve, i, drops[i], CellsX + (i * CellWidth), y);
        }

        CurvePoint? largest = curve.LargestWithin(_metric, allowed);
        pen.Text(ShareX, middle, largest is null ? "–" : Text($"{100 * largest.Rate:0.##} %"), ("text-anchor", "end"), ("font-weight", "600"));
        if (largest is { FlopsSaved: > 0 and var saved })
        {
            double length = saved / mostSaved * BarLength;
            pen.Rectangle(BarX, y + 6, Math.Max(1, length), RowHeight - 12, ("fill", PictureColors.Bar), ("rx", "1.5"));
            pen.Text(BarX + length + 6, middle, Text($"{100 * saved:0.0} %"), ("fill", PictureColors.Quiet), ("font-size", "10"));
        }
    }

    private void Cell(SvgPen pen, GroupCurve curve, int index, double drop, double x, double y)
    {
        CurvePoint point = curve.Points[index];
        pen.BeginGroup();
        pen.Title(Text($"{curve.Group} keeps {point.Kept} of {curve.Channels} channels: {_metric.Metric.Name} {Value(point.Value)}, {100 * point.FlopsSaved:0.0} % of the FLOPs go"));
        pen.Rectangle(x, y + 1, CellWidth - 1, RowHeight - 2, ("fill", _colors.Fill(drop)));
        pen.Text(x + ((CellWidth - 1) / 2), y + (RowHeight / 2) + Baseline, Value(point.Value), ("text-anchor", "middle"), ("font-size", "10.5"), ("fill", _colors.Ink(drop)));
        pen.EndGroup();
    }

    /// <summary>One line from top to bottom, behind the last cell of each row that is within the allowed drop.</summary>
    private void Stairs(SvgPen pen)
    {
        double? before = null;
        for (int row = 0; row < document.Groups.Length; row++)
        {
            GroupCurve curve = document.Groups[row];
            int within = curve.LargestWithin(_metric, allowed) is { } largest ? curve.Points.IndexOf(largest) + 1 : 0;
            double x = CellsX + (within * CellWidth) - 0.5;
            double y = Top + (row * RowHeight);
            if (before is { } last && last != x)
            {
                pen.Line(last, y, x, y, PictureColors.Ink, 2);
            }

            pen.Line(x, y - 1, x, y + RowHeight + 1, PictureColors.Ink, 2);
            before = x;
        }
    }
}
