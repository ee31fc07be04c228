using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetSynthetic.Drawing;
using PluginPrune.DatasetSynthetic.Shapes;

namespace PluginPrune.DatasetSynthetic.Scenes;

/// <summary>Decides what is where. Equal random numbers make equal scenes, in proportion to the size.</summary>
internal static class SceneComposer
{
    private const int MostObjects = 7;
    private const int ClassCount = 5;
    private const int Tries = 10;

    // Shares of the picture's side: the longer side of what is to be found.
    private const float Smallest = 0.08f;
    private const float Largest = 0.55f;

    private const float LeastWithinPicture = 0.6f;
    private const float LeastSide = 0.07f;
    private const float LeastVisible = 0.3f;
    private const float ObjectContrast = 0.025f;
    private const float ClutterContrast = 0.012f;

    public static Scene Compose(SceneRandom random, int size)
    {
        Backdrop backdrop = Backdrop.Make(random);
        ImmutableArray<Thing> clutter = [.. Enumerable.Range(0, random.Below(8)).Select(_ => MakeClutter(random, size, backdrop))];
        ImmutableArray<SceneObject> objects = MakeObjects(random, size, backdrop);
        return new Scene(size, backdrop, clutter, objects, MakeStrokes(random, size, random.Below(7)), MakeStrokes(random, size, random.Below(3)), Lens.Make(random));
    }

    /// <summary>Nearest first, so that each new one is judged by what hides it; one that is hidden too much is not there at all.</summary>
    private static ImmutableArray<SceneObject> MakeObjects(SceneRandom random, int size, Backdrop backdrop)
    {
        var objects = new List<SceneObject>();

        // A few scenes are empty; most hold a handful.
        int wanted = random.Chance(0.05f) ? 0 : 1 + random.Below(MostObjects);
        for (int i = 0; i < wanted; i++)
        {
            var shape = (ShapeClass)random.Below(ClassCount);
            float spread = random.Unit();
            float scale = Smallest + ((Largest - Smallest) * spread * spread);
            for (int tried = 0; tried < Tries; tried++)
            {
                Pose pose = MakePose(random, size, scale);
                Outline outline = ShapeFactory.Make(shape, pose, random);
                Box box = outline.Bounds.Clip(size, size);
                bool isLargeEnough = box.Area >= LeastWithinPicture * outline.Bounds.Area && Math.Max(box.Width, box.Height) >= LeastSide * size;
                if (isLargeEnough && Visibility.Of(outline, box, objects) >= LeastVisible)
                {
                    objects.Add(new SceneObject(shape, new Thing(outline, pose, Material.Make(random, backdrop.Start, backdrop.End, ObjectContrast)), box));
                    break;
                }
            }
        }

        objects.Reverse();
        return [.. objects];
    }

    private static Thing MakeClutter(SceneRandom random, int size, Backdrop backdrop)
    {
        Pose pose = MakePose(random, size, random.Between(0.04f, 0.35f));
        Outline outline = ShapeFactory.MakeOther(random.Below(ShapeFactory.Others), pose, random);
        return new Thing(outline, pose, Material.Make(random, backdrop.Start, backdrop.End, ClutterContrast));
    }

    private static Pose MakePose(SceneRandom random, int size, float scale)
    {
        // Turned, most shapes do not fill the box of their circle.
        float radius = scale * size * 0.54f;
        float stretch = random.Between(0.75f, 1);
        (float cos, float sin) = random.Direction();
        return new Pose(random.Between(0, size), random.Between(0, size), radius, radius * stretch, cos, sin);
    }

    private static ImmutableArray<Stroke> MakeStrokes(SceneRandom random, int size, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => new Stroke(
            random.Between(-0.1f, 1.1f) * size,
            random.Between(-0.1f, 1.1f) * size,
            random.Between(-0.1f, 1.1f) * size,
            random.Between(-0.1f, 1.1f) * size,
            random.Between(0.004f, 0.02f) * size,
            Color.Random(random, 0, 1),
            random.Between(0.3f, 1))),
    ];
}
