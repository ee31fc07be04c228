using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>
/// A map of the plane: x' = A x + B y + C, y' = D x + E y + F. Places are continuous: the pixel of index i reaches from i to i + 1, so
/// that boxes and pixels go the same way.
/// </summary>
internal readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    /// <summary>By how much areas grow; negative where sides are exchanged.</summary>
    public double Determinant => (A * E) - (B * D);

    public static Affine Shift(double x, double y) => new(1, 0, x, 0, 1, y);

    public static Affine Scale(double x, double y) => new(x, 0, 0, 0, y, 0);

    /// <summary>Turns around the origin.</summary>
    public static Affine Rotation(double radians)
    {
        (double sine, double cosine) = Math.SinCos(radians);
        return new Affine(cosine, sine, 0, -sine, cosine, 0);
    }

    public static Affine Shear(double x, double y) => new(1, Math.Tan(x), 0, Math.Tan(y), 1, 0);

    /// <summary>Exchanges the sides of a rectangle from 0, 0.</summary>
    public static Affine Flip(PictureSize size, bool horizontal, bool vertical) => new(
        horizontal ? -1 : 1, 0, horizontal ? size.Width : 0, 0, vertical ? -1 : 1, vertical ? size.Height : 0);

    /// <summary>This map first, then another one.</summary>
    public Affine Then(Affine next) => new(
        (next.A * A) + (next.B * D),
        (next.A * B) + (next.B * E),
        (next.A * C) + (next.B * F) + next.C,
        (next.D * A) + (next.E * D),
        (next.D * B) + (next.E * E),
        (next.D * C) + (next.E * F) + next.F);

    /// <summary>The way back. A gain on the size below 1 and shears below 45 degrees leave one.</summary>
    public Affine Invert()
    {
        double determinant = Determinant;
        (double a, double b, double d, double e) = (E / determinant, -B / determinant, -D / determinant, A / determinant);
        return new Affine(a, b, -((a * C) + (b * F)), d, e, -((d * C) + (e * F)));
    }

    public (double X, double Y) Of(double x, double y) => ((A * x) + (B * y) + C, (D * x) + (E * y) + F);

    /// <summary>The upright box around what becomes of a box.</summary>
    public Box Around(Box box)
    {
        (double x0, double x1) = Ends(A, box.Left, box.Right, B, box.Top, box.Bottom);
        (double y0, double y1) = Ends(D, box.Left, box.Right, E, box.Top, box.Bottom);
        return new Box(x0 + C, y0 + F, x1 + C, y1 + F);
    }

    private static (double Least, double Most) Ends(double a, double left, double right, double b, double top, double bottom)
    {
        (double l, double r, double t, double u) = (a * left, a * right, b * top, b * bottom);
        return (Math.Min(l, r) + Math.Min(t, u), Math.Max(l, r) + Math.Max(t, u));
    }
}
