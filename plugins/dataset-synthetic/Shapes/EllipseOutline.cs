using PluginPrune.Contracts.Detections;

namespace PluginPrune.DatasetSynthetic.Shapes;

/// <summary>An ellipse, perhaps with a hole of its own form.</summary>
/// <param name="pose">Where it is.</param>
/// <param name="hole">The hole's radius as a share of the ellipse's, 0 for none.</param>
internal sealed class EllipseOutline(Pose pose, float hole) : Outline
{
    // Half the box of a turned ellipse with the half axes a and b: sqrt(a^2 cos^2 + b^2 sin^2).
    private readonly float _halfWidth = MathF.Sqrt(Square(pose.RadiusX * pose.Cos) + Square(pose.RadiusY * pose.Sin));
    private readonly float _halfHeight = MathF.Sqrt(Square(pose.RadiusX * pose.Sin) + Square(pose.RadiusY * pose.Cos));

    public override Box Bounds => new(pose.X - _halfWidth, pose.Y - _halfHeight, pose.X + _halfWidth, pose.Y + _halfHeight);

    public override float Distance(float x, float y)
    {
        (float u, float v) = pose.ToUnit(x, y);
        float radius = MathF.Sqrt((u * u) + (v * v));
        if (radius < 1e-6f)
        {
            return hole > 0 ? hole * MathF.Min(pose.RadiusX, pose.RadiusY) : -MathF.Min(pose.RadiusX, pose.RadiusY);
        }

        // To first order the distance is the value of |p| - 1 over the length of its gradient.
        float gradient = MathF.Sqrt(Square(u / pose.RadiusX) + Square(v / pose.RadiusY)) / radius;
        float outside = (radius - 1) / gradient;
        return hole > 0 ? MathF.Max(outside, (hole - radius) / gradient) : outside;
    }

    private static float Square(float value) => value * value;
}
