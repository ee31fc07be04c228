using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolo;
using PluginPrune.HeadYolo.Loss;
using static PluginPrune.Plugins.Tests.Losses.LossComparison;

namespace PluginPrune.Plugins.Tests.HeadYolo.Loss;

public sealed class YoloDistillationTests
{
    public static TheoryData<string, double, double, double> Settings => new()
    {
        { "Ciou", 1, 1, 1 }, { "Iou", 1, 1, 1 }, { "Giou", 1, 0, 1 }, { "Diou", 1, 1, 0 }, { "Ciou", 2, 1, 1 }, { "Ciou", 4.5, 0.3, 2 }, { "Ciou", 1.5, 1, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void It_is_what_its_definition_says(string box, double temperature, double scores, double boxes)
    {
        foreach ((DistillationSketch sketch, YoloOptions options) in Sketches(box, temperature, scores, boxes))
        {
            HeadLoss<double> loss = sketch.Compute<double>(Texts(options));

            (double wantedBox, double objectness, double classes) = new ObviousDistillation(sketch, options).Compute(sketch.Student.Values);
            loss.Terms.Select(static term => term.Name).Should().Equal("box", "objectness", "class");
            ShouldBeClose(loss.Terms[0].Value, wantedBox, 1e-9);
            ShouldBeClose(loss.Terms[1].Value, objectness, 1e-9);
            ShouldBeClose(loss.Terms[2].Value, classes, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Its_gradient_is_what_central_differences_give(string box, double temperature, double scores, double boxes)
    {
        foreach ((DistillationSketch sketch, YoloOptions options) in Sketches(box, temperature, scores, boxes))
        {
            var obvious = new ObviousDistillation(sketch, options);

            double[] gradient = sketch.Compute<double>(Texts(options)).Gradient.Elements;

            ShouldBeCentralDifferences(gradient, sketch.Student.Values, values => Sum(obvious.Compute(values)));
        }
    }

    [Fact]
    public void Who_says_the_same_as_the_teacher_has_nothing_to_learn()
    {
        var sketch = new DistillationSketch(new LossSketch(1), new LossSketch(1)) { Temperature = 3 };

        HeadLoss<double> loss = sketch.Compute<double>(("box", "diou"));

        loss.Terms.Should().OnlyContain(static term => Math.Abs(term.Value) < 1e-12);
        loss.Gradient.Elements.Where((_, i) => i / sketch.Student.Shape.ElementsPerChannel % 8 > 3).Should().OnlyContain(static slope => Math.Abs(slope) < 1e-12);
    }

    [Fact]
    public void Single_precision_gives_the_same_to_seven_digits()
    {
        DistillationSketch sketch = new(new LossSketch(5), new LossSketch(7));
        sketch.Student.Values = [.. sketch.Student.Values.Select(static value => (double)(float)value)];
        sketch.Teacher.Values = [.. sketch.Teacher.Values.Select(static value => (double)(float)value)];

        HeadLoss<float> loss = sketch.Compute<float>();
        HeadLoss<double> wanted = sketch.Compute<double>();

        loss.Terms.Should().Equal(wanted.Terms);
        loss.Gradient.Elements.Should().Equal(wanted.Gradient.Elements.Select(static slope => (float)slope));
    }

    [Fact]
    public void Anchors_of_other_sizes_are_compared_by_their_boxes()
    {
        // The same boxes said with other anchors: only what the logits of sizes are differs.
        var student = new LossSketch(1, mask: [1, 3]);
        var teacher = new LossSketch(1, mask: [0, 2]);
        for (int i = 0; i < student.Values.Length; i++)
        {
            int channel = i / student.Shape.ElementsPerChannel % student.Shape.Channels;
            int side = (channel % 8) - 2;
            if (side is 0 or 1)
            {
                int anchor = channel / 8;
                teacher.Values[i] += Math.Log(LossSketch.Anchors[(2 * (anchor == 0 ? 1 : 3)) + side] / LossSketch.Anchors[(2 * (anchor == 0 ? 0 : 2)) + side]);
            }
        }

        HeadLoss<double> loss = new DistillationSketch(student, teacher).Compute<double>();

        loss.Terms.Should().OnlyContain(static term => Math.Abs(term.Value) < 1e-12);
    }

    [Theory]
    [InlineData(2, 3, "Head '7.head' (layer 7 [yolo], line 70) learns from head '7.head' (layer 7 [yolo], line 70) of its teacher: it has 2 anchors, and the teacher's 3.")]
    [InlineData(5, 2, "*: it has 3 classes, and the teacher's 5.")]
    public void Heads_that_do_not_go_together_are_named(int classes, int anchors, string message)
    {
        var sketch = new DistillationSketch(new LossSketch(1), new LossSketch(1, classes: anchors == 2 ? classes : 3, mask: [.. Enumerable.Range(0, anchors)]));

        sketch.Invoking(static one => one.Compute<double>()).Should().Throw<HeadException>().WithMessage(message);
    }

    [Fact]
    public void Boxes_alone_are_learned_from_a_head_of_other_classes()
    {
        var sketch = new DistillationSketch(new LossSketch(1), new LossSketch(2, classes: 7)) { ScoreGain = 0 };

        HeadLoss<double> loss = sketch.Compute<double>();

        loss.Terms[0].Value.Should().BePositive();
        loss.Terms.Skip(1).Should().OnlyContain(static term => term.Value == 0);
    }

    private static IEnumerable<(DistillationSketch Sketch, YoloOptions Options)> Sketches(string box, double temperature, double scores, double boxes)
    {
        (LossSketch Student, LossSketch Teacher)[] pairs =
        [
            (new LossSketch(1), new LossSketch(11)), (new LossSketch(2, classes: 1), new LossSketch(12, classes: 1, mask: [0, 2])),
            (new LossSketch(3, stretch: 1.2), new LossSketch(13, isActivated: true, stretch: 2)), (new LossSketch(4, isActivated: true, stretch: 2), new LossSketch(14)),
        ];
        for (int i = 0; i < pairs.Length; i++)
        {
            yield return (
                new DistillationSketch(pairs[i].Student, pairs[i].Teacher) { Temperature = temperature, ScoreGain = scores, BoxGain = boxes },
                new YoloOptions { Box = Enum.Parse<BoxLoss>(box), Average = i % 2 == 0 ? LossAverage.Positives : LossAverage.Pictures, Balance = i / 3.0, ClassGain = 1 + i });
        }
    }

    private static (string, object)[] Texts(YoloOptions options) =>
    [
        ("box", options.Box.ToString().ToLowerInvariant()), ("average", options.Average.ToString().ToLowerInvariant()), ("balance", options.Balance.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        ("class-gain", options.ClassGain),
    ];
}
