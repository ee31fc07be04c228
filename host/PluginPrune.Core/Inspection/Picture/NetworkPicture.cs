using System.Globalization;
using PluginPrune.Core.Costs;

namespace PluginPrune.Core.Inspection;

/// <summary>
/// Draws a network as one SVG file that needs nothing else: a row for each layer in the file's order, boxes as wide as their
/// channels are many, what a plan keeps filled, ties and shortcuts beside them, costs and scales to the right.
/// </summary>
public static class NetworkPicture
{
    private const double Top = 150;

    /// <summary>Draws.</summary>
    /// <param name="inspection">The network.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(NetworkInspection inspection, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(stream);
        var layout = new PictureLayout(inspection, Top);
        using var pen = new SvgPen(stream, layout.Width, layout.Height, $"The network {inspection.Network.Name}");
        Bands(pen, layout);
        Heading(pen, layout, inspection);
        PictureLegend.Draw(pen, PictureLayout.Margin, 90, inspection);
        Columns(pen, layout, inspection);
        Arcs(pen, layout);
        Ties(pen, layout);
        var rows = new PictureRows(pen, layout);
        for (int row = 0; row < layout.Layers.Length; row++)
        {
            rows.Draw(row);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A change of resolution is what structures a network: every other stretch of one size is shaded.</summary>
    private static void Bands(SvgPen pen, PictureLayout layout)
    {
        bool isShaded = false;
        int first = 0;
        for (int row = 1; row <= layout.Layers.Length; row++)
        {
            if (row < layout.Layers.Length && SizeOf(row) == SizeOf(first))
            {
                continue;
            }

            if (isShaded)
            {
                pen.Rectangle(0, layout.Top + (first * PictureLayout.RowHeight), layout.Width, (row - first) * PictureLayout.RowHeight, ("fill", PictureColors.Band));
            }

            isShaded = !isShaded;
            first = row;
        }

        (int, int) SizeOf(int row) => (layout.Layers[row].Output.Height, layout.Layers[row].Output.Width);
    }

    private static void Heading(SvgPen pen, PictureLayout layout, NetworkInspection inspection)
    {
        NetworkCost cost = inspection.Cost;
        string name = inspection.Network.Name;
        pen.Text(PictureLayout.Margin, 40, name.Length <= 60 ? name : $"{name[..59]}…", ("font-size", name.Length <= 28 ? "22" : "13"), ("font-weight", "600"));
        pen.Text(
            PictureLayout.Margin,
            62,
            Text($"{cost.Parameters:N0} parameters · {cost.Gflops:0.000} GFLOPs · {Counts.Of(inspection.Layers.Length, "layer")} · {Counts.Of(inspection.Network.Heads.Length, "head")} · {Counts.Of(inspection.Groups.Length, "channel group")} · {Counts.Of(inspection.Blocks.Length, "residual block")}"),
            ("font-size", "13"),
            ("fill", PictureColors.Quiet));
        if (inspection.After is { } after)
        {
            string right = Text($"kept: {after.Parameters:N0} parameters ({Share(after.Parameters, cost.Parameters):P1}) · {after.Gflops:0.000} GFLOPs ({Share(after.Gflops, cost.Gflops):P1})");
            pen.Text(layout.Width - PictureLayout.Margin, 40, right, ("font-size", "13"), ("font-weight", "600"), ("text-anchor", "end"));
        }
    }

    private static double Share(double part, double whole) => whole == 0 ? 1 : part / whole;

    private static void Columns(SvgPen pen, PictureLayout layout, NetworkInspection inspection)
    {
        double y = layout.Top - 9;
        pen.BeginGroup(("font-size", "10.5"), ("fill", PictureColors.Quiet));
        pen.Text(layout.NameX, y, "layer");
        pen.Text(layout.AxisX, y, inspection.Plan is null ? "channels" : "channels kept / all", ("text-anchor", "middle"));
        pen.Text(layout.ShapeX, y, "output");
        pen.Text(layout.ParametersX + PictureLayout.BarLength, y, "parameters", ("text-anchor", "end"));
        pen.Text(layout.FlopsX + PictureLayout.BarLength, y, "MFLOPs", ("text-anchor", "end"));
        pen.Text(layout.Width - PictureLayout.Margin, y, "|gamma|, 1e-4 … 3", ("text-anchor", "end"));
        pen.EndGroup();
        pen.Line(PictureLayout.Margin, layout.Top - 1, layout.Width - PictureLayout.Margin, layout.Top - 1, PictureColors.Rule, 1);
    }

    private static void Arcs(SvgPen pen, PictureLayout layout)
    {
        // The long ones first, so that short ones lie on top.
        foreach (PictureArc arc in layout.Arcs.OrderByDescending(static arc => arc.Lane))
        {
            const double Bend = 6;
            double x = layout.LaneX(arc);
            double fromX = layout.AxisX + (layout.BoxWidth(layout.Layers[arc.From]) / 2);
            double toX = layout.AxisX + (layout.BoxWidth(layout.Layers[arc.To]) / 2) + 1;
            double fromY = layout.Y(arc.From) + 4;
            double toY = layout.Y(arc.To) - 4;
            string color = arc.IsResidual ? PictureColors.Residual : PictureColors.Flow;
            pen.BeginGroup(("fill", "none"), ("stroke", color), ("stroke-width", "1.4"));
            pen.Title($"{layout.Layers[arc.From].Layer} to {layout.Layers[arc.To].Layer}");
            pen.Path($"M {fromX} {fromY} H {x - Bend} Q {x} {fromY} {x} {fromY + Bend} V {toY - Bend} Q {x} {toY} {x - Bend} {toY} H {toX + 4}");
            pen.Path($"M {toX} {toY} l 6 -3 v 6 z", ("fill", color), ("stroke", "none"));
            pen.EndGroup();
        }
    }

    private static void Ties(SvgPen pen, PictureLayout layout)
    {
        foreach (PictureTie tie in layout.Ties)
        {
            double x = layout.LaneX(tie);
            pen.BeginGroup();
            pen.Title(Text($"Group {tie.Group.Group.Index}: {tie.Group.Group.Size} channels, tied over layers {string.Join(", ", tie.Group.Layers)}"));
            pen.Line(x, layout.Y(tie.Rows.Min()), x, layout.Y(tie.Rows.Max()), tie.Color, 2);
            foreach (int row in tie.Rows)
            {
                pen.Circle(x, layout.Y(row), 3.4, tie.Color);
                double box = layout.AxisX - (layout.BoxWidth(layout.Layers[row]) / 2);
                pen.Rectangle(box - 6, layout.Y(row) - (PictureLayout.BoxHeight / 2), 3.5, PictureLayout.BoxHeight, ("fill", tie.Color), ("rx", "1.5"));
            }

            pen.EndGroup();
        }
    }
}
