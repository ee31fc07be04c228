using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Plugins.Tests.HeadYolo.Loss;

/// <summary>Cells are 24 x 16 pixels; of five anchors the head has 23 x 27 and 81 x 82.</summary>
public sealed class TargetTests
{
    [Fact]
    public void Without_objects_there_is_but_objectness()
    {
        var sketch = new LossSketch(1) { Targets = [[], [], []] };

        HeadLoss<double> loss = sketch.Compute<double>();

        loss.Terms.Select(static term => (term.Name, term.Value > 0)).Should().Equal(("box", false), ("objectness", true), ("class", false));
        for (int i = 0; i < loss.Gradient.Elements.Length; i++)
        {
            bool isObjectness = i / 24 % 8 == 4;
            (loss.Gradient.Elements[i] != 0).Should().Be(isObjectness);
        }
    }

    [Theory]
    [InlineData(60, 40, 2, 2)]
    [InlineData(48, 32, 2, 2)]
    [InlineData(10, 12, 0, 0)]
    [InlineData(-9, -11, 0, 0)]
    [InlineData(134, 52, 3, 5)]
    [InlineData(150, 70, 3, 5)]
    public void The_cell_of_the_centre_learns_an_object_once_it_is_cut_at_the_edge(double x, double y, int row, int column)
    {
        LossSketch sketch = OnePicture(new TrainingTarget(1, Box.FromCenter(x, y, 23, 27)));

        Learning(sketch, ("anchor-iou", 0)).Should().OnlyContain(cell => cell.Row == row && cell.Column == column).And.NotBeEmpty();
    }

    [Fact]
    public void A_sliver_on_the_last_edge_belongs_to_the_last_cell()
    {
        // Its centre is rounded to the edge itself.
        LossSketch sketch = OnePicture(new TrainingTarget(0, new Box(Math.BitDecrement(144.0), 20, 144, 40)));

        Learning(sketch, ("anchor-iou", 0)).Should().OnlyContain(static cell => cell.Column == 5).And.NotBeEmpty();
    }

    [Theory]
    [InlineData(23, 27, 1.0, new[] { 0 })]
    [InlineData(81, 82, 1.0, new[] { 1 })]
    [InlineData(37, 58, 1.0, new int[0])]
    [InlineData(37, 58, 0.28, new[] { 0, 1 })]
    [InlineData(37, 58, 0.3, new[] { 1 })]
    [InlineData(4, 4, 1.0, new int[0])]
    [InlineData(700, 700, 1.0, new int[0])]
    [InlineData(700, 700, 0.4, new[] { 1 })]
    public void Anchors_learn_what_fits_and_the_best_of_all_always_does(double width, double height, double least, int[] anchors)
    {
        // 37 x 58 is another head's anchor; IoU 0.289 with the first of this head and 0.323 with the second. 700 x 700 is cut to the
        // picture's 144 x 64, which fits another head's best and this one's second by 0.486.
        LossSketch sketch = OnePicture(new TrainingTarget(1, Box.FromCenter(72, 32, width, height)));

        Learning(sketch, ("anchor-iou", least)).Select(static cell => cell.Anchor).Should().Equal(anchors);
    }

    [Fact]
    public void An_object_without_a_better_anchor_goes_before_one_that_has_one()
    {
        // Both want the first anchor; the one that fits less has no other.
        var loose = new TrainingTarget(0, Box.FromCenter(60, 40, 23, 20));
        var tight = new TrainingTarget(2, Box.FromCenter(60, 40, 23, 27));

        ClassLearnt(OnePicture(loose, tight)).Should().Be(2);
        ClassLearnt(OnePicture(tight, loose)).Should().Be(2);
        var elsewhere = new TrainingTarget(0, Box.FromCenter(60, 40, 29, 38));
        ClassLearnt(OnePicture(elsewhere, new TrainingTarget(1, Box.FromCenter(60, 40, 15, 19)))).Should().Be(0, "0.563 is above 0.459");
    }

    [Fact]
    public void Of_two_equal_objects_the_first_is_learnt()
    {
        var box = Box.FromCenter(60, 40, 23, 27);

        ClassLearnt(OnePicture(new TrainingTarget(2, box), new TrainingTarget(0, box))).Should().Be(2);
        ClassLearnt(OnePicture(new TrainingTarget(0, box), new TrainingTarget(2, box))).Should().Be(0);
    }

    [Fact]
    public void The_only_class_is_learnt_too()
    {
        var sketch = new LossSketch(1, pictures: 1, classes: 1) { Targets = [[new TrainingTarget(0, Box.FromCenter(60, 40, 23, 27))]] };

        HeadLoss<double> loss = sketch.Compute<double>();

        loss.Terms[2].Value.Should().BePositive();
        loss.Gradient.Elements[sketch.IndexOf(0, 0, 5, 2, 2)].Should().BeNegative("Darknet multiplies with the class's probability");
    }

    [Fact]
    public void What_counts_half_pulls_half()
    {
        var box = Box.FromCenter(60, 40, 23, 27);
        LossSketch sketch = OnePicture(new TrainingTarget(1, box));
        HeadLoss<double> whole = sketch.Compute<double>();
        sketch.Targets = [[new TrainingTarget(1, box, 0.5)]];

        HeadLoss<double> half = sketch.Compute<double>();

        half.Terms[0].Value.Should().Be(whole.Terms[0].Value / 2);
        half.Terms[2].Value.Should().Be(whole.Terms[2].Value / 2);
        int at = sketch.IndexOf(0, 0, 4, 2, 2);
        half.Gradient.Elements[at].Should().Be(whole.Gradient.Elements[at] / 2);
    }

    [Theory]
    [InlineData(3, 10, 10, 30, 30, 1, "class 3")]
    [InlineData(-1, 10, 10, 30, 30, 1, "class -1")]
    [InlineData(0, 10, 10, 10, 30, 1, "covers nothing")]
    [InlineData(0, 150, 10, 170, 30, 1, "covers nothing")]
    [InlineData(0, double.NaN, 10, 30, 30, 1, "covers nothing")]
    [InlineData(0, 10, 10, 30, 30, 0, "counts 0")]
    [InlineData(0, 10, 10, 30, 30, double.NaN, "counts NaN")]
    public void Objects_that_cannot_be_are_refused(int index, double left, double top, double right, double bottom, double weight, string why)
    {
        var sketch = new LossSketch(1, pictures: 2)
        {
            Targets = [[], [new TrainingTarget(0, new Box(10, 10, 20, 20)), new TrainingTarget(index, new Box(left, top, right, bottom), weight)]],
        };

        Action compute = () => sketch.Compute<double>();

        compute.Should().Throw<HeadException>().Which.Message.Should().ContainAll(why, "7.head", "line 70", "picture 1", "object 1");
    }

    [Fact]
    public void What_whole_pictures_show_is_no_object() =>
        ((Action)(() => OnePicture(new TrainingTarget(0, default)).Compute<double>())).Should().Throw<HeadException>().WithMessage("*7.head*learns objects in boxes, and the dataset tells what whole pictures show.*");

    [Fact]
    public void The_objects_of_more_pictures_than_there_are_are_refused()
    {
        var sketch = new LossSketch(1, pictures: 2);
        var head = PluginPrune.TestKit.PluginFactory.Create<PluginPrune.HeadYolo.HeadYoloPlugin, ITrainableHead>("yolo");

        Action compute = () => head.ComputeLoss(
            sketch.Head, sketch.Picture, new Contracts.Engines.Batch<double>(2, sketch.Shape, sketch.Values), [[], [], []]);

        compute.Should().Throw<HeadException>().Which.Message.Should().ContainAll("2 pictures", "of 3");
    }

    private static LossSketch OnePicture(params TrainingTarget[] targets) => new(1, pictures: 1) { Targets = [[.. targets]] };

    private static List<(int Anchor, int Row, int Column)> Learning(LossSketch sketch, params (string, object)[] options)
    {
        double[] gradient = sketch.Compute<double>(options).Gradient.Elements;
        return
        [
            .. from anchor in Enumerable.Range(0, 2)
               from row in Enumerable.Range(0, 4)
               from column in Enumerable.Range(0, 6)
               where gradient[sketch.IndexOf(0, anchor, 5, row, column)] != 0
               select (anchor, row, column),
        ];
    }

    /// <summary>Of the first anchor in the cell about 60, 40.</summary>
    private static int ClassLearnt(LossSketch sketch)
    {
        double[] gradient = sketch.Compute<double>().Gradient.Elements;
        return Enumerable.Range(0, 3).Single(i => gradient[sketch.IndexOf(0, 0, 5 + i, 2, 2)] < 0);
    }
}
