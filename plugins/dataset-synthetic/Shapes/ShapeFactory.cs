using PluginPrune.DatasetSynthetic.Scenes;

namespace PluginPrune.DatasetSynthetic.Shapes;

/// <summary>Makes outlines: those that are to be found, and others that are not but look somewhat like them.</summary>
internal static class ShapeFactory
{
    /// <summary>How many other shapes there are.</summary>
    public const int Others = 7;

    // cos and sin of multiples of 36 and 60 degrees: the functions themselves differ in the last bit from system to system.
    private static readonly (float X, float Y)[] Tenths =
    [
        (0, -1), (0.587785252f, -0.809016994f), (0.951056516f, -0.309016994f), (0.951056516f, 0.309016994f), (0.587785252f, 0.809016994f),
        (0, 1), (-0.587785252f, 0.809016994f), (-0.951056516f, 0.309016994f), (-0.951056516f, -0.309016994f), (-0.587785252f, -0.809016994f),
    ];

    private static readonly (float X, float Y)[] Sixths =
    [
        (0, -1), (0.866025404f, -0.5f), (0.866025404f, 0.5f), (0, 1), (-0.866025404f, 0.5f), (-0.866025404f, -0.5f),
    ];

    public static Outline Make(ShapeClass shape, Pose pose, SceneRandom random) => shape switch
    {
        ShapeClass.Disc => new EllipseOutline(pose, 0),
        ShapeClass.Ring => new EllipseOutline(pose, random.Between(0.45f, 0.7f)),
        ShapeClass.Triangle => Polygon(pose, random, 0.06f, [Sixths[0], Sixths[2], Sixths[4]]),
        ShapeClass.Star => Star(pose, random),
        _ => Cross(pose, random),
    };

    /// <summary>A shape that is none of the classes.</summary>
    public static Outline MakeOther(int which, Pose pose, SceneRandom random) => which switch
    {
        0 => Polygon(pose, random, 0.05f, [(-0.7f, -0.7f), (0.7f, -0.7f), (0.7f, 0.7f), (-0.7f, 0.7f)]),
        1 => Polygon(pose, random, 0.05f, [(-1, -0.3f), (1, -0.3f), (1, 0.3f), (-1, 0.3f)]),
        2 => Polygon(pose, random, 0.05f, [Tenths[0], Tenths[2], Tenths[4], Tenths[6], Tenths[8]]),
        3 => Polygon(pose, random, 0.05f, Sixths),
        4 => Polygon(pose, random, 0.05f, [(-0.8f, -0.8f), (-0.2f, -0.8f), (-0.2f, 0.3f), (0.8f, 0.3f), (0.8f, 0.8f), (-0.8f, 0.8f)]),
        5 => Polygon(pose, random, 0.05f, [(-1, -0.35f), (0.1f, -0.35f), (0.1f, -0.8f), (1, 0), (0.1f, 0.8f), (0.1f, 0.35f), (-1, 0.35f)]),
        _ => Polygon(pose, random, 0.02f, [(-1, 0), Tenths[9], Tenths[0], Tenths[1], (1, 0), (0.95f, 0.31f), (-0.95f, 0.31f)]),
    };

    private static PolygonOutline Star(Pose pose, SceneRandom random)
    {
        float inner = random.Between(0.36f, 0.5f);
        Span<(float X, float Y)> points = stackalloc (float X, float Y)[10];
        for (int i = 0; i < points.Length; i++)
        {
            float radius = i % 2 == 0 ? 1 : inner;
            points[i] = (Tenths[i].X * radius, Tenths[i].Y * radius);
        }

        return Polygon(pose, random, 0.04f, points);
    }

    private static PolygonOutline Cross(Pose pose, SceneRandom random)
    {
        float arm = random.Between(0.24f, 0.38f);
        return Polygon(pose, random, 0.05f,
        [
            (-arm, -1), (arm, -1), (arm, -arm), (1, -arm), (1, arm), (arm, arm), (arm, 1), (-arm, 1), (-arm, arm), (-1, arm), (-1, -arm), (-arm, -arm),
        ]);
    }

    private static PolygonOutline Polygon(Pose pose, SceneRandom random, float mostRound, ReadOnlySpan<(float X, float Y)> points)
    {
        float round = random.Between(0, mostRound) * MathF.Min(pose.RadiusX, pose.RadiusY);
        Span<(float X, float Y)> corners = stackalloc (float X, float Y)[points.Length];
        for (int i = 0; i < corners.Length; i++)
        {
            corners[i] = pose.ToPicture(points[i].X, points[i].Y);
        }

        return new PolygonOutline(corners, round);
    }
}
