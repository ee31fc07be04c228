using System.Globalization;

namespace PluginPrune.Core.Inspection;

/// <summary>Draws the layers of a picture.</summary>
/// <param name="pen">Draws.</param>
/// <param name="layout">Where things go.</param>
internal sealed class PictureRows(SvgPen pen, PictureLayout layout)
{
    private const double Baseline = 3.8;
    private const double SmallGamma = 1e-2;

    private readonly double _mostParameters = Math.Max(1, layout.Layers.Max(static layer => layer.Parameters));
    private readonly double _mostMultiplyAdds = Math.Max(1, layout.Layers.Max(static layer => layer.MultiplyAdds));

    public void Draw(int row)
    {
        LayerInspection layer = layout.Layers[row];
        double y = layout.Y(row);
        if (row + 1 < layout.Layers.Length && layout.Layers[row + 1].Inputs.Contains(layer.Layer, StringComparer.Ordinal))
        {
            pen.Line(layout.AxisX, y + (PictureLayout.BoxHeight / 2), layout.AxisX, y + PictureLayout.RowHeight - (PictureLayout.BoxHeight / 2), PictureColors.Flow, 1.6);
        }

        pen.BeginGroup(("class", "layer"));
        pen.Title(Describe(layer));

        // So that the whole row shows the title.
        pen.Rectangle(PictureLayout.Margin, y - (PictureLayout.RowHeight / 2), layout.Width - (2 * PictureLayout.Margin), PictureLayout.RowHeight, ("fill-opacity", "0"));
        bool isRemoved = layer.After is { IsRemoved: true };
        string ink = isRemoved ? PictureColors.Quiet : PictureColors.Ink;
        pen.Text(layout.NameX - PictureLayout.NameGap, y + Baseline, PictureLayout.NameOf(layer), ("text-anchor", "end"), ("font-weight", "600"), ("fill", ink));
        pen.Text(layout.NameX, y + Baseline, Short(layer.Kind), ("fill", PictureColors.Quiet));
        Box(layer, y, isRemoved);
        pen.Text(layout.ShapeX, y + Baseline, layer.Output.ToString().Replace(" x ", " × ", StringComparison.Ordinal), ("fill", PictureColors.Quiet));
        if (layer.Role != LayerRole.Head)
        {
            Bar(layout.ParametersX, y, layer.Parameters, layer.After?.Parameters, _mostParameters, Thousands(layer.Parameters));
            Bar(layout.FlopsX, y, layer.MultiplyAdds, layer.After?.MultiplyAdds, _mostMultiplyAdds, Text($"{layer.MultiplyAdds * 2e-6:N1}"));
        }

        Histogram(layer, y);
        pen.EndGroup();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Thousands(long number) => number switch
    {
        >= 10_000_000 => Text($"{number * 1e-6:0.0} M"),
        >= 1_000_000 => Text($"{number * 1e-6:0.00} M"),
        _ => Text($"{number:N0}"),
    };

    private static string Short(string kind) => kind.Length <= 15 ? kind : $"{kind[..14]}…";

    private static double KeptShare(LayerInspection layer) =>
        layer.After is { } after ? (double)after.Channels / layer.Output.Channels
        : layer.Gammas is { } gammas ? 1 - gammas.ShareBelow(SmallGamma)
        : 1;

    private static string Describe(LayerInspection layer)
    {
        var lines = new List<string> { Text($"Layer {layer.Layer} [{layer.Kind}]{(layer.Line is { } line ? Text($", line {line}") : string.Empty)}") };
        lines.Add(Text($"Output {layer.Output}; {layer.Parameters:N0} parameters, {layer.MultiplyAdds * 2e-6:0.0} MFLOPs"));
        if (layer.After is { } after)
        {
            lines.Add(after.IsRemoved
                ? "The plan removes it with its block"
                : Text($"The plan keeps {after.Channels} of {layer.Output.Channels} channels, {after.Parameters:N0} parameters, {after.MultiplyAdds * 2e-6:0.0} MFLOPs"));
        }

        if (layer.Groups.Length > 0)
        {
            lines.Add($"Group {string.Join(", ", layer.Groups.Select(static group => Text($"{group}")))}");
        }

        if (layer.Gammas is { } gammas)
        {
            lines.Add(Text($"Gammas: median {gammas.Median:G3}, from {gammas.Quantile(0):G3} to {gammas.Quantile(1):G3}; {gammas.ShareBelow(1e-3):P0} below 0.001, {gammas.ShareBelow(SmallGamma):P0} below 0.01"));
        }

        lines.AddRange(layer.LockReasons.Select(reason => Text($"Locked ({layer.LockedChannels} of {layer.Output.Channels}): {reason}")));
        return string.Join('\n', lines);
    }

    private void Box(LayerInspection layer, double y, bool isRemoved)
    {
        bool isLocked = layer.IsLocked && layer.Role is LayerRole.Convolution or LayerRole.Depthwise && layer.IsLocked;
        PictureColor color = isLocked ? PictureColors.Locked : PictureColors.Of(layer.Role);
        double width = layout.BoxWidth(layer);
        double x = layout.AxisX - (width / 2);
        double top = y - (PictureLayout.BoxHeight / 2);
        string corner = layer.Role == LayerRole.Head ? "8" : "2.5";
        double share = KeptShare(layer);
        if (isRemoved)
        {
            pen.Rectangle(x, top, width, PictureLayout.BoxHeight, ("class", "box"), ("rx", corner), ("fill", PictureColors.Paper), ("stroke", color.Edge), ("stroke-dasharray", "3 3"), ("stroke-width", "1"));
            pen.Text(layout.AxisX, y + Baseline, "removed", ("text-anchor", "middle"), ("font-size", "10"), ("fill", PictureColors.Quiet));
            return;
        }

        pen.Rectangle(x, top, width, PictureLayout.BoxHeight, ("class", "box"), ("rx", corner), ("fill", share < 1 ? color.Pale : color.Solid), ("stroke", color.Edge), ("stroke-width", "1"));
        if (share < 1)
        {
            // In the middle, so that what is kept has a silhouette of its own.
            double kept = share * (width - 1);
            pen.Rectangle(layout.AxisX - (kept / 2), top + 0.5, kept, PictureLayout.BoxHeight - 1, ("fill", color.Solid));
        }

        string label = layer.After is { } after && layer.Role != LayerRole.Head ? Text($"{after.Channels} / {layer.Output.Channels}") : Text($"{layer.Output.Channels}");
        pen.Text(layout.AxisX, y + Baseline, label, ("text-anchor", "middle"), ("font-size", "10"));
    }

    private void Bar(double x, double y, double whole, double? kept, double most, string label)
    {
        if (whole == 0)
        {
            return;
        }

        pen.Text(x - 6, y + Baseline, label, ("text-anchor", "end"), ("font-size", "10"), ("fill", PictureColors.Quiet));
        double length = Math.Max(1, whole / most * PictureLayout.BarLength);
        pen.Rectangle(x, y - 4, length, 8, ("fill", kept is null ? PictureColors.Bar : PictureColors.PaleBar));
        if (kept is > 0)
        {
            pen.Rectangle(x, y - 4, Math.Max(0.6, kept.Value / most * PictureLayout.BarLength), 8, ("fill", PictureColors.Bar));
        }
    }

    private void Histogram(LayerInspection layer, double y)
    {
        if (layer.Gammas is not { } gammas)
        {
            return;
        }

        const double BinWidth = 7;
        const double Tallest = 16;
        double bottom = y + (Tallest / 2);
        int most = gammas.Histogram.Max();
        int small = GammaProfile.BinEdges.TakeWhile(static edge => edge <= SmallGamma * 1.0001).Count();
        pen.Line(layout.GammasX, bottom + 0.5, layout.GammasX + (gammas.Histogram.Length * BinWidth), bottom + 0.5, PictureColors.Rule, 1);
        for (int bin = 0; bin < gammas.Histogram.Length; bin++)
        {
            if (gammas.Histogram[bin] > 0)
            {
                double height = Math.Max(1, Tallest * gammas.Histogram[bin] / most);
                pen.Rectangle(layout.GammasX + (bin * BinWidth), bottom - height, BinWidth - 1, height, ("fill", bin < small ? PictureColors.Of(LayerRole.Head).Solid : PictureColors.Of(LayerRole.Convolution).Edge));
            }
        }
    }
}
