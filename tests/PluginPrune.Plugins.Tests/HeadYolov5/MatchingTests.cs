using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Plugins.Tests.HeadYolov5;

/// <summary>Cells are 24 x 16 pixels, 4 rows of 6; anchors are 10 x 14, 37 x 29 and 81 x 62.</summary>
public sealed class MatchingTests
{
    [Theory]
    [InlineData(58, 36, "2,2 2,1 1,2")]
    [InlineData(62, 44, "2,2 2,3 3,2")]
    [InlineData(58, 44, "2,2 2,1 3,2")]
    [InlineData(60, 40, "2,2")]
    [InlineData(60, 36, "2,2 1,2")]
    [InlineData(4, 4, "0,0")]
    [InlineData(24, 16, "1,1")]
    [InlineData(48, 32, "2,2 2,1 1,2")]
    [InlineData(139, 59, "3,5")]
    [InlineData(24, 4, "0,1")]
    public void The_cell_of_the_centre_learns_an_object_and_the_nearest_neighbours_do(double x, double y, string cells)
    {
        LevelSketch sketch = OnePicture(new TrainingTarget(1, Box.FromCenter(x, y, 8, 8)));

        Learning(sketch).Where(static cell => cell.Anchor == 0).Select(static cell => $"{cell.Row},{cell.Column}")
            .Should().BeEquivalentTo(cells.Split(' '));
    }

    [Theory]
    [InlineData(10, 14, 4, "0 1")]
    [InlineData(10, 14, 2, "0")]
    [InlineData(37, 29, 4, "0 1 2")]
    [InlineData(37, 29, 2.2, "1 2")]
    [InlineData(40, 14, 4, "1")]
    [InlineData(39.9, 14, 4, "0 1")]
    [InlineData(140, 4, 4, "")]
    public void Anchors_learn_objects_whose_sides_are_within_the_factor(double width, double height, double ratio, string anchors)
    {
        LevelSketch sketch = OnePicture(new TrainingTarget(0, Box.FromCenter(72, 33, width, height)));

        Learning(sketch, ("anchor-ratio", ratio)).Select(static cell => cell.Anchor).Distinct().Order().Should().Equal(anchors.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));
    }

    [Fact]
    public void Without_objects_there_is_but_objectness()
    {
        var sketch = new LevelSketch(1) { Targets = [[], [], []] };

        HeadLoss<double> loss = sketch.Compute<double>();

        loss.Terms.Select(static term => (term.Name, term.Value > 0)).Should().Equal(("box", false), ("objectness", true), ("class", false));
        for (int i = 0; i < loss.Gradient.Elements.Length; i++)
        {
            (loss.Gradient.Elements[i] != 0).Should().Be(i / 24 % 8 == 4);
        }
    }

    [Fact]
    public void One_class_alone_is_not_learnt()
    {
        HeadLoss<double> loss = new LevelSketch(2, classes: 1).Compute<double>();

        loss.Terms[2].Value.Should().Be(0);
        Enumerable.Range(0, 24).Select(place => loss.Gradient.Elements[(5 * 24) + place]).Should().OnlyContain(static slope => slope == 0);
    }

    [Fact]
    public void Objects_that_cannot_be_learnt_are_refused()
    {
        var box = Box.FromCenter(30, 30, 10, 10);
        ((Action)(() => OnePicture(new TrainingTarget(3, box)).Compute<double>())).Should().Throw<HeadException>().WithMessage("*24.1*picture 0*object 0*class 3*0 to 2*");
        ((Action)(() => OnePicture(new TrainingTarget(-1, box)).Compute<double>())).Should().Throw<HeadException>();
        ((Action)(() => OnePicture(new TrainingTarget(0, box, 0)).Compute<double>())).Should().Throw<HeadException>().WithMessage("*counts 0*");
        ((Action)(() => OnePicture(new TrainingTarget(0, box.Shift(200, 0))).Compute<double>())).Should().Throw<HeadException>().WithMessage("*covers nothing*144 x 64*");
        ((Action)(() => OnePicture(new TrainingTarget(0, default)).Compute<double>())).Should().Throw<HeadException>().WithMessage("*24.1*learns objects in boxes, and the dataset tells what whole pictures show.*");
        ((Action)(() => new LevelSketch(1) { Targets = [[]] }.Compute<double>(("focal", 6)))).Should().Throw<Exception>();
    }

    private static LevelSketch OnePicture(params TrainingTarget[] targets) => new(1, pictures: 1) { Targets = [[.. targets]] };

    /// <summary>The anchors and cells whose boxes learn something.</summary>
    private static IEnumerable<(int Anchor, int Row, int Column)> Learning(LevelSketch sketch, params (string Name, object Value)[] options)
    {
        double[] gradient = sketch.Compute<double>(options).Gradient.Elements;
        return from anchor in Enumerable.Range(0, 3)
               from row in Enumerable.Range(0, 4)
               from column in Enumerable.Range(0, 6)
               where gradient[sketch.IndexOf(0, anchor, 0, row, column)] != 0
               select (anchor, row, column);
    }
}
