using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetSynthetic.Scenes;
using PluginPrune.DatasetSynthetic.Shapes;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>Labels are as good as the boxes around outlines: tight to a part of a pixel.</summary>
public sealed class SyntheticOutlineTests
{
    private const float Step = 0.125f;

    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, 5 + ShapeFactory.Others)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_box_is_tight_however_the_shape_is_turned(int shape)
    {
        var random = new SceneRandom((ulong)shape);
        for (int turn = 0; turn < 6; turn++)
        {
            (float cos, float sin) = random.Direction();
            var pose = new Pose(40.3f, 37.8f, random.Between(8, 24), random.Between(8, 24), cos, sin);
            Outline outline = shape < 5 ? ShapeFactory.Make((ShapeClass)shape, pose, random) : ShapeFactory.MakeOther(shape - 5, pose, random);

            Box drawn = Inside(outline);

            Box bounds = outline.Bounds;
            new[] { drawn.Left - bounds.Left, drawn.Top - bounds.Top, bounds.Right - drawn.Right, bounds.Bottom - drawn.Bottom }
                .Should().OnlyContain(static gap => gap >= -0.01 && gap < 0.6);
        }
    }

    [Fact]
    public void Half_of_a_pixel_on_the_edge_is_inside()
    {
        var disc = new EllipseOutline(new Pose(20, 20, 10, 10, 1, 0), 0);
        var ring = new EllipseOutline(new Pose(20, 20, 10, 10, 1, 0), 0.5f);

        disc.Distance(30, 20).Should().BeApproximately(0, 1e-5f);
        disc.Distance(20, 20).Should().BeApproximately(-10, 1e-5f);
        disc.Distance(20, 32).Should().BeApproximately(2, 1e-5f);
        ring.Distance(24, 20).Should().BeApproximately(1, 1e-5f);
        ring.Distance(27.5f, 20).Should().BeApproximately(-2.5f, 1e-5f);
        ring.Distance(20, 20).Should().BeApproximately(5, 1e-5f);
    }

    // The box around all sampled points that are inside.
    private static Box Inside(Outline outline)
    {
        Box box = new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        for (float y = 0; y < 80; y += Step)
        {
            for (float x = 0; x < 80; x += Step)
            {
                if (outline.Distance(x, y) < 0)
                {
                    box = new Box(Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x), Math.Max(box.Bottom, y));
                }
            }
        }

        return box;
    }
}
