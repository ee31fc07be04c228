using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Drawing;

namespace PluginPrune.Core.Tests.Images.Drawing;

public sealed class StrokeFontTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(40)]
    public void Every_character_of_ASCII_has_a_shape_of_its_own(int height)
    {
        string[] shapes = [.. Enumerable.Range('!', '~' - '!' + 1).Select(character => Shape((char)character, height))];

        shapes.Should().HaveCount(94).And.OnlyHaveUniqueItems().And.NotContain(Shape('é', height));
    }

    [Fact]
    public void A_character_that_is_not_known_is_a_frame()
    {
        Shape('é', 12).Should().Be(Shape('世', 12));
        GlyphStrokes strokes = new(StrokeGlyphs.Of('世'));
        strokes.Pieces.Should().HaveCount(4);
    }

    [Fact]
    public void Capitals_reach_from_the_top_to_the_baseline()
    {
        var picture = new Picture(new PictureSize(60, 60));
        var font = new StrokeFont(20);

        font.Draw(new Canvas(picture), "H", 10, 10, Rgb.White);

        int[] rows = [.. Enumerable.Range(0, 60).Where(y => picture.Row(y).ContainsAnyExcept((byte)0))];
        rows.Should().StartWith(10).And.EndWith(10 + font.Ascent - 1);
    }

    [Fact]
    public void A_text_is_as_wide_as_it_is_said_to_be()
    {
        foreach (int height in new[] { 9, 12, 17, 33 })
        {
            var picture = new Picture(new PictureSize(700, 80));
            var font = new StrokeFont(height);

            font.Draw(new Canvas(picture), "HIMH", 5, 20, Rgb.White);

            int[] columns = [.. Enumerable.Range(0, 700).Where(x => Enumerable.Range(0, 80).Any(y => picture.Row(y)[3 * x] > 0))];
            columns[0].Should().Be(5);
            (columns[^1] + 1 - 5).Should().BeCloseTo(font.Measure("HIMH"), 1);
        }

        new StrokeFont(12).Measure(string.Empty).Should().Be(0);
    }

    private static string Shape(char character, int height)
    {
        var picture = new Picture(new PictureSize(2 * height, 2 * height));
        new StrokeFont(height).Draw(new Canvas(picture), character.ToString(), 4, 4, Rgb.White);
        return Convert.ToHexString(picture.Pixels);
    }
}
