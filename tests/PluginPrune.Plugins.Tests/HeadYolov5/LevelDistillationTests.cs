using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using static PluginPrune.Plugins.Tests.Losses.LossComparison;

namespace PluginPrune.Plugins.Tests.HeadYolov5;

public sealed class LevelDistillationTests
{
    [Theory]
    [InlineData(1, 1, 1, 3)]
    [InlineData(2.5, 1, 1, 3)]
    [InlineData(1, 0.3, 2, 2)]
    [InlineData(4, 0, 1, 3)]
    [InlineData(1, 1, 0, 1)]
    public void It_is_what_its_definition_says_and_so_is_its_gradient(double temperature, double scores, double boxes, int classes)
    {
        (LevelSketch student, LevelSketch teacher) = (new LevelSketch(1, 2, classes), new LevelSketch(2, 2, classes));
        HeadDistillation<double> batch = Batch(student, teacher, temperature, scores, boxes);
        double[] alphas = [.. Cells(student).Select(cell => Alpha(Predict(student, student.Values, cell), Predict(teacher, teacher.Values, cell)))];

        HeadLoss<double> loss = Compute(batch);

        (double box, double objectness, double ofClasses) = Define(student.Values);
        loss.Terms.Select(static term => term.Name).Should().Equal("box", "objectness", "class");
        loss.Terms[0].Value.Should().BeApproximately(box, 1e-9 * Math.Max(1, box));
        loss.Terms[1].Value.Should().BeApproximately(objectness, 1e-9 * Math.Max(1, objectness));
        loss.Terms[2].Value.Should().BeApproximately(ofClasses, 1e-9 * Math.Max(1, ofClasses));
        for (int i = 0; i < student.Values.Length; i += 7)
        {
            const double Step = 1e-6;
            double[] values = [.. student.Values];
            values[i] += Step;
            double above = Sum(Define(values));
            values[i] -= 2 * Step;
            double slope = (above - Sum(Define(values))) / (2 * Step);
            loss.Gradient.Elements[i].Should().BeApproximately(slope, 1e-6 * Math.Max(1, Math.Abs(slope)), "element {0}", i);
        }

        (double Box, double Objectness, double Class) Define(double[] values)
        {
            (int Picture, int Anchor, int Row, int Column)[] cells = [.. Cells(student)];
            double At(double[] numbers, (int Picture, int Anchor, int Row, int Column) cell, int channel) => numbers[student.IndexOf(cell.Picture, cell.Anchor, channel, cell.Row, cell.Column)];
            double seen = Math.Max(1, cells.Sum(cell => Likely(At(teacher.Values, cell, 4))));
            double Diverge((int Picture, int Anchor, int Row, int Column) cell, int channel)
            {
                double wanted = Likely(At(teacher.Values, cell, channel) / temperature);
                double found = Likely(At(values, cell, channel) / temperature);
                return ((wanted * Math.Log(wanted / found)) + ((1 - wanted) * Math.Log((1 - wanted) / (1 - found)))) * temperature * temperature;
            }

            double sumOfBoxes = cells.Select((cell, i) => Likely(At(teacher.Values, cell, 4)) * (1 - Ciou(Predict(student, values, cell), Predict(teacher, teacher.Values, cell), alphas[i]))).Sum();
            double sumOfClasses = classes == 1 ? 0 : cells.Sum(cell => Likely(At(teacher.Values, cell, 4)) * Enumerable.Range(5, classes).Average(channel => Diverge(cell, channel)));
            return (
                boxes * 0.05 * 64 * sumOfBoxes / seen,
                scores * 64 * 144 * 64 / 640.0 / 640 * cells.Average(cell => Diverge(cell, 4)),
                scores * 0.5 * classes / 80 * 64 * sumOfClasses / seen);
        }
    }

    [Fact]
    public void Who_says_the_same_as_the_teacher_has_nothing_to_learn()
    {
        HeadLoss<double> loss = Compute(Batch(new LevelSketch(1), new LevelSketch(1), 3, 1, 1));

        loss.Terms.Should().OnlyContain(static term => Math.Abs(term.Value) < 1e-9);
        for (int i = 0; i < loss.Gradient.Elements.Length; i++)
        {
            // Of boxes that coincide the derivative is that of one side.
            bool isBox = i / 24 % 8 < 4;
            (isBox || Math.Abs(loss.Gradient.Elements[i]) < 1e-9).Should().BeTrue("element {0}", i);
        }
    }

    [Fact]
    public void Heads_that_do_not_go_together_are_refused()
    {
        Action classes = () => Compute(Batch(new LevelSketch(1, classes: 2), new LevelSketch(1), 1, 1, 1));
        Action pictures = () => Compute(Batch(new LevelSketch(1, 2), new LevelSketch(1), 1, 1, 1));

        classes.Should().Throw<HeadException>().WithMessage("*24.1*teacher: it has 2 classes, and the teacher's 3.");
        pictures.Should().Throw<HeadException>().WithMessage("*has 2 pictures, and the teacher's 3.");
    }

    private static HeadLoss<double> Compute(HeadDistillation<double> batch) => ((IDistillableHead)LevelSketch.HeadOf()).ComputeDistillation(batch);

    private static HeadDistillation<double> Batch(LevelSketch student, LevelSketch teacher, double temperature, double scores, double boxes) => new()
    {
        Head = student.Head,
        Values = new Batch<double>(student.Values.Length / student.Shape.Count, student.Shape, [.. student.Values]),
        Teacher = teacher.Head,
        TeacherValues = new Batch<double>(teacher.Values.Length / teacher.Shape.Count, teacher.Shape, [.. teacher.Values]),
        Picture = student.Picture,
        Temperature = temperature,
        ScoreGain = scores,
        BoxGain = boxes,
    };

    private static IEnumerable<(int Picture, int Anchor, int Row, int Column)> Cells(LevelSketch sketch) =>
        from picture in Enumerable.Range(0, sketch.Targets.Count)
        from anchor in Enumerable.Range(0, 3)
        from row in Enumerable.Range(0, 4)
        from column in Enumerable.Range(0, 6)
        select (picture, anchor, row, column);

    private static double Likely(double logit) => 1 / (1 + Math.Exp(-logit));

    private static Box Predict(LevelSketch sketch, double[] values, (int Picture, int Anchor, int Row, int Column) cell)
    {
        double Score(int channel) => 2 * Likely(values[sketch.IndexOf(cell.Picture, cell.Anchor, channel, cell.Row, cell.Column)]);
        return Box.FromCenter(
            (Score(0) - 0.5 + cell.Column) * 24,
            (Score(1) - 0.5 + cell.Row) * 16,
            Math.Pow(Score(2), 2) * LevelSketch.Anchors[2 * cell.Anchor],
            Math.Pow(Score(3), 2) * LevelSketch.Anchors[(2 * cell.Anchor) + 1]);
    }

    private static double Aspect(Box box, Box wanted) =>
        4 / Math.Pow(Math.PI, 2) * Math.Pow(Math.Atan(wanted.Width / wanted.Height) - Math.Atan(box.Width / box.Height), 2);

    private static double Alpha(Box box, Box wanted) => Aspect(box, wanted) is > 0 and var v ? v / (1 - box.Iou(wanted) + v) : 0;

    private static double Ciou(Box box, Box wanted, double alpha)
    {
        double width = Math.Max(box.Right, wanted.Right) - Math.Min(box.Left, wanted.Left);
        double height = Math.Max(box.Bottom, wanted.Bottom) - Math.Min(box.Top, wanted.Top);
        double apart = (Math.Pow(box.Left + box.Right - wanted.Left - wanted.Right, 2) + Math.Pow(box.Top + box.Bottom - wanted.Top - wanted.Bottom, 2)) / 4;
        return box.Iou(wanted) - (apart / ((width * width) + (height * height))) - (alpha * Aspect(box, wanted));
    }
}
