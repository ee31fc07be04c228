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
    private const int Ticks = 5;

    /// <summary>Draws.</summary>
    /// <param name="curves">At least one; axes are named as those of the first.</param>
    /// <param name="title">Stands above.</param>
    /// <param name="fits">Whether axes end where curves do; else they go from 0 to 1 where all lies between, since shares are what most curves show.</param>
    /// <param name="stream">Takes the picture.</param>
    public static void Write(ImmutableArray<Curve> curves, string title, bool fits, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(title);
        using var pen = new SvgPen(stream, Width, Height, title);
        pen.Text(Left, 18, title, ("font-size", "14"));
        (double Low, double High) across = Range(curves.SelectMany(static curve => curve.X), fits);
        (double Low, double High) up = Range(curves.SelectMany(static curve => curve.Y), fits);
        DrawAxes(pen, curves[0], across, up);

        // The last drawn lies on top.
        for (int i = curves.Length - 1; i >= 0; i--)
        {
            string points = string.Join('L', curves[i].X
                .Zip(curves[i].Y, static (x, y) => (X: x, Y: y))
                .Where(static point => double.IsFinite(point.X) && double.IsFinite(point.Y))
                .Select(point => string.Create(CultureInfo.InvariantCulture, $"{Place(point.X, across, Left, Right):0.##} {Place(point.Y, up, Bottom, Top):0.##}")));
            if (points.Length > 0)
            {
                pen.Path(
                    FormattableStringFactory.Create("M" + points), ("fill", "none"), ("stroke", ColorOf(i)), ("stroke-width", i == 0 ? "2.5" : "1"), ("stroke-opacity", i == 0 ? "1" : "0.7"));
            }
        }

        DrawNames(pen, curves);
    }

    private static void DrawAxes(SvgPen pen, Curve curve, (double Low, double High) across, (double Low, double High) up)
    {
        for (int i = 0; i <= Ticks; i++)
        {
            double share = (double)i / Ticks;
            double x = Left + (share * (Right - Left));
            double y = Bottom - (share * (Bottom - Top));
            pen.Line(Left, y, Right, y, PictureColors.Rule, 1);
            pen.Line(x, Top, x, Bottom, PictureColors.Rule, 1);
            pen.Text(Left - 6, y + 4, Short(up, share), ("text-anchor", "end"));
            pen.Text(x, Bottom + 16, Short(across, share), ("text-anchor", "middle"));
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

    private static (double Low, double High) Range(IEnumerable<double> values, bool fits)
    {
        double low = 0;
        double high = 0;
        foreach (double value in values.Where(double.IsFinite))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return low >= 0 && (fits ? high == 0 : high <= 1) ? (0, 1) : (low, high);
    }

    private static double Place(double value, (double Low, double High) range, double from, double to) =>
        from + ((value - range.Low) / (range.High - range.Low) * (to - from));

    // Hues by the golden angle: neighbours differ, however many there are.
    private static string ColorOf(int index) => index == 0
        ? PictureColors.Ink
        : string.Create(CultureInfo.InvariantCulture, $"hsl({index * 137.508 % 360:0.#}, 62%, 45%)");

    private static string Short((double Low, double High) range, double share) =>
        (range.Low + (share * (range.High - range.Low))).ToString(Math.Max(-range.Low, range.High) is > 0 and (< 0.1 or > 1e5) ? "G3" : "0.###", CultureInfo.InvariantCulture);
}
