using System.Globalization;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolov5;
using static PluginPrune.Plugins.Tests.Losses.LossComparison;

namespace PluginPrune.Plugins.Tests.HeadYolov5;

public sealed class Yolov5LossTests
{
    public static TheoryData<string> Settings =>
        new(
            string.Empty, "box-gain=0.7", "class-gain=2.5", "objectness-gain=3", "class-positive=1.446", "objectness-positive=3.9", "anchor-ratio=2",
            "anchor-ratio=20", "focal=1.5", "focal=0.5 objectness-positive=2 class-positive=0.7", "smoothing=0.1", "objectness-iou=0", "objectness-iou=0.4", "pictures=1",
            "box-gain=0.3 focal=2 smoothing=0.2 objectness-iou=0.7 anchor-ratio=3 pictures=16");

    [Theory]
    [MemberData(nameof(Settings))]
    public void It_is_what_its_definition_says(string settings)
    {
        foreach (LevelSketch sketch in Sketches())
        {
            (Yolov5Options options, (string, object)[] texts) = Read(settings);

            HeadLoss<double> loss = sketch.Compute<double>(texts);

            (double box, double objectness, double classes) = new ObviousLevelLoss(sketch, options).Compute(sketch.Values);
            loss.Terms.Select(static term => term.Name).Should().Equal("box", "objectness", "class");
            ShouldBeClose(loss.Terms[0].Value, box, 1e-9);
            ShouldBeClose(loss.Terms[1].Value, objectness, 1e-9);
            ShouldBeClose(loss.Terms[2].Value, classes, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Its_gradient_is_what_central_differences_give(string settings)
    {
        foreach (LevelSketch sketch in (LevelSketch[])[new LevelSketch(1, pictures: 1), new LevelSketch(4, pictures: 2, classes: 2, level: [3, 4])])
        {
            (Yolov5Options options, (string, object)[] texts) = Read(settings);
            var obvious = new ObviousLevelLoss(sketch, options);

            double[] gradient = sketch.Compute<double>(texts).Gradient.Elements;

            ShouldBeCentralDifferences(gradient, sketch.Values, values => Sum(obvious.Compute(values)));
        }
    }

    [Fact]
    public void The_sketches_meet_all_that_can_happen_to_a_cell()
    {
        foreach (LevelSketch sketch in Sketches())
        {
            var obvious = new ObviousLevelLoss(sketch, new Yolov5Options());

            obvious.Matches.Should().BeGreaterThan(15);
            obvious.Shared.Should().BePositive("some anchor learns several objects");
        }
    }

    [Fact]
    public void Single_precision_gives_the_same_loss()
    {
        var sketch = new LevelSketch(5);
        sketch.Values = [.. sketch.Values.Select(static value => (double)(float)value)];

        HeadLoss<float> loss = sketch.Compute<float>();
        HeadLoss<double> wanted = sketch.Compute<double>();

        loss.Terms.Should().Equal(wanted.Terms);
        loss.Gradient.Elements.Zip(wanted.Gradient.Elements, static (found, exact) => Math.Abs(found - exact) / Math.Max(1, Math.Abs(exact))).Max().Should().BeLessThan(1e-6);
    }

    [Fact]
    public void Repeating_a_batch_changes_neither_loss_nor_pull()
    {
        var sketch = new LevelSketch(8);
        HeadLoss<double> once = sketch.Compute<double>();
        sketch.Values = [.. sketch.Values, .. sketch.Values];
        sketch.Targets = [.. sketch.Targets, .. sketch.Targets];

        HeadLoss<double> twice = sketch.Compute<double>();

        for (int i = 0; i < 3; i++)
        {
            twice.Terms[i].Value.Should().BeApproximately(once.Terms[i].Value, 1e-12);
        }

        for (int i = 0; i < once.Gradient.Elements.Length; i++)
        {
            twice.Gradient.Elements[i].Should().BeApproximately(once.Gradient.Elements[i] / 2, 1e-12);
        }
    }

    [Fact]
    public void A_head_that_does_not_say_its_level_is_known_by_its_cells()
    {
        // Cells of 24 pixels are nearer to those of the second of three levels, 16, than to those of the third.
        HeadLoss<double> told = new LevelSketch(5, level: [2, 3]).Compute<double>();

        HeadLoss<double> guessed = new LevelSketch(5, level: []).Compute<double>();

        guessed.Terms.Should().Equal(told.Terms);
    }

    private static IEnumerable<LevelSketch> Sketches() =>
    [
        new LevelSketch(1), new LevelSketch(2, classes: 1), new LevelSketch(3, level: [0, 3]), new LevelSketch(4, pictures: 2, classes: 2, level: [3, 4]), new LevelSketch(6, level: [1, 2]),
    ];

    private static (Yolov5Options Options, (string Name, object Value)[] Texts) Read(string settings)
    {
        (string Name, object Value)[] texts =
            [.. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static text => (text.Split('=')[0], (object)text.Split('=')[1]))];
        var options = new Yolov5Options();
        foreach ((string name, object value) in texts)
        {
            typeof(Yolov5Options).GetProperty(string.Concat(name.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..])))!
                .SetValue(options, double.Parse((string)value, CultureInfo.InvariantCulture));
        }

        return (options, texts);
    }
}
