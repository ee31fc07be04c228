using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Inspection;

namespace PluginPrune.Core.Evaluation;

/// <summary>Draws curves with common axes as SVG. The first stands out: it is the one over all classes where there is one.</summary>
public static class CurvePicture
{
    private const double Width = 640;
    private const double Height = 440;
    private const double Left = 60;
    private const double Top = 46;
    private const double Right = 460;
    private const double Bottom = 390;
    private const double Line = 14;
    private const int MostNamed = 24;
    private const double Dot = 5;

    /// <summary>Draws.</summary>
    /// <param name="curves">At least one; axes are named as those of the first.</param>
    /// <param name="title">Stands above.</param>
    /// <param name="fits">Whether axes end with the curves; else they go from 0 to 1 where all lies between, since shares are what most curves show.</param>
    /// <param name="stream">Takes the picture.</param>
    public static void Write(ImmutableArray<Curve> curves, string title, bool fits, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(title);
        using var pen = new SvgPen(stream, Width, Height, title);
        pen.Text(Left, 18, title, ("font-size", "14"));
        var across = CurveAxis.Of(curves.SelectMany(static curve => curve.X), fits);
        var up = CurveAxis.Of(curves.SelectMany(static curve => curve.Y), fits);
        DrawAxes(pen, curves[0], across, up);

        // The last drawn lies on top.
        for (int i = curves.Length - 1; i >= 0; i--)
        {
            (double X, double Y)[] points =
            [
                .. curves[i].X.Zip(curves[i].Y, static (x, y) => (X: x, Y: y))
                    .Where(static point => double.IsFinite(point.X) && double.IsFinite(point.Y))
                    .Select(point => (across.Place(point.X, Left, Right), up.Place(point.Y, Bottom, Top))),
            ];
            if (points is [var alone])
            {
                // No line, and all the same to be seen.
                pen.Rectangle(alone.X - (Dot / 2), alone.Y - (Dot / 2), Dot, Dot, ("fill", ColorOf(i)));
            }
            else if (points.Length > 0)
            {
                pen.Path(
                    FormattableStringFactory.Create("M" + string.Join('L', points.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##} {point.Y:0.##}")))),
                    ("fill", "none"), ("stroke", ColorOf(i)), ("stroke-width", i == 0 ? "2.5" : "1"), ("stroke-opacity", i == 0 ? "1" : "0.7"));
            }
        }

        DrawNames(pen, curves);
    }

    private static void DrawAxes(SvgPen pen, Curve curve, CurveAxis across, CurveAxis up)
    {
        foreach (double tick in up.Ticks)
        {
            double y = up.Place(tick, Bottom, Top);
            pen.Line(Left, y, Right, y, PictureColors.Rule, 1);
            pen.Text(Left - 6, y + 4, up.Text(tick), ("text-anchor", "end"));
        }

        foreach (double tick in across.Ticks)
        {
            double x = across.Place(tick, Left, Right);
            pen.Line(x, Top, x, Bottom, PictureColors.Rule, 1);
            pen.Text(x, Bottom + 16, across.Text(tick), ("text-anchor", "middle"));
        }

        pen.Text((Left + Right) / 2, Bottom + 34, curve.XName, ("text-anchor", "middle"), ("font-size", "12"));
        pen.Text(Left, Top - 8, curve.YName, ("text-anchor", "middle"), ("font-size", "12"));
    }

    private static void DrawNames(SvgPen pen, ImmutableArray<Curve> curves)
    {
        double y = Top + 8;
        for (int i = 0; i < Math.Min(curves.Length, MostNamed); i++, y += Line)
        {
            pen.Rectangle(Right + 14, y - 8, 10, 8, ("fill", ColorOf(i)));
            pen.Text(Right + 30, y, curves[i].Name);
        }

        if (curves.Length > MostNamed)
        {
            pen.Text(Right + 30, y, string.Create(CultureInfo.InvariantCulture, $"and {curves.Length - MostNamed} more"), ("fill", PictureColors.Quiet));
        }
    }

    // Hues by the golden angle: neighbours differ, however many there are.
    private static string ColorOf(int index) => index == 0
        ? PictureColors.Ink
        : string.Create(CultureInfo.InvariantCulture, $"hsl({index * 137.508 % 360:0.#}, 62%, 45%)");
}
