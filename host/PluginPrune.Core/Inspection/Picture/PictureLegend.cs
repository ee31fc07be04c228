namespace PluginPrune.Core.Inspection;

/// <summary>Says what colours and lines mean; only what is in the picture.</summary>
internal static class PictureLegend
{
    private const double Gap = 20;

    public static void Draw(SvgPen pen, double left, double y, NetworkInspection inspection)
    {
        double x = left;
        foreach ((LayerRole role, string name) in new[]
        {
            (LayerRole.Convolution, "convolution"), (LayerRole.Depthwise, "depthwise"), (LayerRole.Pool, "pool"),
            (LayerRole.Merge, "add, multiply"), (LayerRole.Route, "hands channels on"), (LayerRole.Head, "head"), (LayerRole.Opaque, "unknown operation"),
        })
        {
            if (inspection.Layers.Any(layer => layer.Role == role))
            {
                x = Swatch(pen, x, y, PictureColors.Of(role), name);
            }
        }

        if (inspection.Layers.Any(static layer => layer is { IsLocked: true, Role: LayerRole.Convolution or LayerRole.Depthwise }))
        {
            Swatch(pen, x, y, PictureColors.Locked, "locked: all its channels stay");
        }

        Lines(pen, left, y + 22, inspection);
    }

    private static void Lines(SvgPen pen, double x, double y, NetworkInspection inspection)
    {
        PictureColor color = PictureColors.Of(LayerRole.Convolution);
        pen.Rectangle(x, y - 9, 26, 11, ("fill", color.Pale), ("stroke", color.Edge), ("rx", "2"));
        pen.Rectangle(x + 7, y - 8.5, 12, 10, ("fill", color.Solid));
        string filled = inspection.Plan is null ? "filled: share of gammas of at least 0.01" : "filled: share of channels that the plan keeps";
        x = Label(pen, x + 32, y, filled);
        pen.Line(x, y - 3.5, x + 20, y - 3.5, PictureColors.Residual, 1.4);
        x = Label(pen, x + 26, y, "shortcut");
        pen.Line(x, y - 3.5, x + 20, y - 3.5, PictureColors.Flow, 1.4);
        x = Label(pen, x + 26, y, "route");
        pen.Line(x, y - 3.5, x + 20, y - 3.5, PictureColors.Ties[0], 2);
        pen.Circle(x + 3.4, y - 3.5, 3.4, PictureColors.Ties[0]);
        pen.Circle(x + 16.6, y - 3.5, 3.4, PictureColors.Ties[0]);
        x = Label(pen, x + 26, y, "layers whose channels are tied");
        foreach ((double offset, double height) in new[] { (0.0, 4.0), (7.0, 11.0) })
        {
            pen.Rectangle(x + offset, y + 1 - height, 6, height, ("fill", PictureColors.Of(LayerRole.Head).Solid));
        }

        Label(pen, x + 19, y, "gammas below 0.01");
    }

    private static double Swatch(SvgPen pen, double x, double y, PictureColor color, string name)
    {
        pen.Rectangle(x, y - 9, 14, 11, ("fill", color.Solid), ("stroke", color.Edge), ("rx", "2"));
        return Label(pen, x + 20, y, name);
    }

    private static double Label(SvgPen pen, double x, double y, string text)
    {
        pen.Text(x, y, text);
        return x + PictureText.WidthOf(text) + Gap;
    }
}
