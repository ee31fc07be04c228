using System.Globalization;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolo;
using static PluginPrune.Plugins.Tests.Losses.LossComparison;

namespace PluginPrune.Plugins.Tests.HeadYolo.Loss;

public sealed class YoloLossTests
{
    public static TheoryData<string> Settings =>
        new(
            string.Empty, "box=iou", "box=giou", "box=diou", "box=ciou", "box-gain=0.7", "objectness-gain=3", "class-gain=2.5", "balance=0", "balance=0.4",
            "average=pictures", "anchor-iou=0", "anchor-iou=0.6", "anchor-iou=1", "ignore-iou=1", "ignore-iou=0.05", "ignore-iou=0", "objectness-iou=1",
            "objectness-iou=0.4 box=diou", "smoothing=0.1", "objectness-focal=1.5", "class-focal=2", "objectness-focal=0.5 class-focal=0.5",
            "objectness-focal=2 objectness-iou=0.5 smoothing=0.2 class-focal=1 box=giou", "objectness-positive=3.941", "class-positive=1.446",
            "objectness-positive=2 objectness-focal=0.5 class-positive=3 class-focal=1.5 smoothing=0.05");

    [Theory]
    [MemberData(nameof(Settings))]
    public void It_is_what_its_definition_says(string settings)
    {
        foreach (LossSketch sketch in Sketches())
        {
            (YoloOptions options, (string, object)[] texts) = Read(settings);

            HeadLoss<double> loss = sketch.Compute<double>(texts);

            (double box, double objectness, double classes) = new ObviousLoss(sketch, options).Compute(sketch.Values);
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
        foreach (LossSketch sketch in Sketches())
        {
            (YoloOptions options, (string, object)[] texts) = Read(settings);
            var obvious = new ObviousLoss(sketch, options);

            double[] gradient = sketch.Compute<double>(texts).Gradient.Elements;

            ShouldBeCentralDifferences(gradient, sketch.Values, values => Sum(obvious.Compute(values)));
        }
    }

    [Fact]
    public void The_sketches_meet_all_that_can_happen_to_a_cell()
    {
        foreach (LossSketch sketch in Sketches())
        {
            var obvious = new ObviousLoss(sketch, new YoloOptions());

            obvious.Positives.Should().BeGreaterThan(2);
            obvious.Ignored.Should().BeGreaterThan(1);
        }
    }

    [Fact]
    public void Single_precision_gives_the_same_to_seven_digits()
    {
        var sketch = new LossSketch(5);
        sketch.Values = [.. sketch.Values.Select(static value => (double)(float)value)];

        HeadLoss<float> loss = sketch.Compute<float>();
        HeadLoss<double> wanted = sketch.Compute<double>();

        loss.Terms.Should().Equal(wanted.Terms);
        loss.Gradient.Elements.Should().Equal(wanted.Gradient.Elements.Select(static slope => (float)slope));
    }

    [Fact]
    public void Repeating_a_batch_changes_neither_loss_nor_pull()
    {
        var sketch = new LossSketch(8);
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

    // Two at one seed differ in everything; together they have objects that share cells, and predictions that overlap others'.
    private static IEnumerable<LossSketch> Sketches() =>
    [
        new LossSketch(1), new LossSketch(2, classes: 1), new LossSketch(3, stretch: 1.2), new LossSketch(4, isActivated: true, stretch: 2),
        new LossSketch(6, pictures: 2, mask: [0, 1, 2, 3, 4]),
    ];

    internal static (YoloOptions Options, (string Name, object Value)[] Texts) Read(string settings)
    {
        (string Name, object Value)[] texts =
            [.. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static text => (text.Split('=')[0], (object)text.Split('=')[1]))];
        var options = new YoloOptions();
        foreach ((string name, object value) in texts)
        {
            System.Reflection.PropertyInfo property = typeof(YoloOptions).GetProperty(
                string.Concat(name.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..])))!;
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(
                options, type.IsEnum ? Enum.Parse(type, (string)value, ignoreCase: true) : Convert.ChangeType(value, type, CultureInfo.InvariantCulture));
        }

        return (options, texts);
    }
}
