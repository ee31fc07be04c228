using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Drawing;

namespace PluginPrune.Core.Tests.Images.Drawing;

public sealed class BoxPainterTests
{
    [Fact]
    public void Lines_run_along_the_box_and_the_rest_stays_as_it_was()
    {
        Picture picture = Pictures.Slopes(200, 200);
        Picture before = picture.Copy();

        Picture drawn = BoxPainter.Draw(picture, [new DrawnBox(new Box(50, 60, 150, 160), string.Empty, 3)]);

        Pictures.LargestDifference(picture, before).Should().Be(0);
        Rgb color = ClassPalette.ColorOf(3);
        foreach ((int x, int y) in new[] { (50, 60), (50, 110), (149, 110), (100, 60), (100, 159), (149, 159) })
        {
            At(drawn, x, y).Should().Be(color, $"({x}, {y}) is on the line");
        }

        foreach ((int x, int y) in new[] { (100, 110), (45, 110), (155, 110), (100, 55), (100, 165), (0, 0), (199, 199) })
        {
            At(drawn, x, y).Should().Be(At(before, x, y), $"({x}, {y}) is off the line");
        }
    }

    [Fact]
    public void A_label_stands_above_its_box_in_letters_that_stand_out()
    {
        var picture = new Picture(new PictureSize(400, 300));

        Picture drawn = BoxPainter.Draw(picture, [new DrawnBox(new Box(50, 100, 350, 250), "dog 0.92", 0)]);

        Rgb color = ClassPalette.ColorOf(0);
        var above = new List<Rgb>();
        for (int y = 84; y < 99; y++)
        {
            for (int x = 51; x < 100; x++)
            {
                above.Add(At(drawn, x, y));
            }
        }

        above.Should().Contain(color).And.Contain(color.TextColor);
        above.Count(pixel => pixel == color).Should().BeGreaterThan(above.Count / 3);
        At(drawn, 300, 90).Should().Be(new Rgb(0, 0, 0));
    }

    [Fact]
    public void The_first_box_is_on_top()
    {
        var picture = new Picture(new PictureSize(100, 100));
        var box = new Box(20, 20, 80, 80);

        Picture drawn = BoxPainter.Draw(picture, [new DrawnBox(box, string.Empty, 1), new DrawnBox(box, string.Empty, 2)]);

        At(drawn, 20, 50).Should().Be(ClassPalette.ColorOf(1));
    }

    [Theory]
    [InlineData(-50, -50, 10, 10)]
    [InlineData(90, 40, 500, 500)]
    [InlineData(-1e300, -1e300, 1e300, 1e300)]
    [InlineData(double.NegativeInfinity, 0, double.PositiveInfinity, 5)]
    [InlineData(10, 10, 10.2, 10.2)]
    [InlineData(99.9, 69.9, 100, 70)]
    public void Boxes_beyond_the_borders_are_cut_off(double left, double top, double right, double bottom)
    {
        Picture picture = Pictures.Slopes(100, 70);

        Picture drawn = BoxPainter.Draw(picture, [new DrawnBox(new Box(left, top, right, bottom), "a label that is wider than the picture", 7)]);

        drawn.Size.Should().Be(picture.Size);
        Pictures.LargestDifference(drawn, picture).Should().BePositive();
    }

    [Theory]
    [InlineData(double.NaN, 0, 10, 10)]
    [InlineData(30, 30, 20, 40)]
    [InlineData(200, 10, 300, 20)]
    public void What_covers_nothing_of_the_picture_is_not_drawn(double left, double top, double right, double bottom)
    {
        Picture picture = Pictures.Slopes(100, 70);

        Picture drawn = BoxPainter.Draw(picture, [new DrawnBox(new Box(left, top, right, bottom), "nothing", 7)]);

        Pictures.LargestDifference(drawn, picture).Should().Be(0);
    }

    [Fact]
    public void A_picture_of_one_pixel_can_be_drawn_on()
    {
        Picture drawn = BoxPainter.Draw(new Picture(new PictureSize(1, 1)), [new DrawnBox(new Box(0, 0, 1, 1), "x", 0)]);

        drawn.Size.Should().Be(new PictureSize(1, 1));
    }

    [Fact]
    public void Labels_hide_no_other_label_while_there_is_room()
    {
        var places = new LabelPlaces(new PictureSize(640, 480));
        var taken = new List<(int Left, int Top)>();
        for (int i = 0; i < 8; i++)
        {
            taken.Add(places.Take((100, 100, 300, 300), line: 2, width: 80, height: 20));
        }

        taken.Should().OnlyHaveUniqueItems().And.StartWith((100, 82));
        taken.SelectMany((one, i) => taken.Skip(i + 1).Select(other => (one, other)))
            .Should().OnlyContain(static pair => Math.Abs(pair.one.Left - pair.other.Left) >= 80 || Math.Abs(pair.one.Top - pair.other.Top) >= 20);
        places.Take((100, 100, 300, 300), line: 2, width: 80, height: 20).Should().Be((100, 82), "there is no free place left");
    }

    [Fact]
    public void Eighty_classes_have_eighty_colours_and_neighbours_are_far_apart()
    {
        Rgb[] colors = [.. Enumerable.Range(0, 80).Select(ClassPalette.ColorOf)];

        colors.Should().OnlyHaveUniqueItems();
        colors.Zip(colors.Skip(1)).Should().OnlyContain(static pair =>
            Math.Abs(pair.First.Red - pair.Second.Red) + Math.Abs(pair.First.Green - pair.Second.Green) + Math.Abs(pair.First.Blue - pair.Second.Blue) > 80);
        ClassPalette.ColorOf(-1).Should().Be(ClassPalette.ColorOf(-1));
    }

    private static Rgb At(Picture picture, int x, int y)
    {
        Span<byte> pixel = picture.Row(y).Slice(3 * x, 3);
        return new Rgb(pixel[0], pixel[1], pixel[2]);
    }
}
