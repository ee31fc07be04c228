using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Writing;

namespace PluginPrune.Core.Tests.Images.Writing;

public sealed class WritingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(257, 129)]
    [InlineData(1000, 1)]
    public void A_png_gives_every_pixel_back(int width, int height)
    {
        foreach (Picture picture in new[] { Pictures.Noise(width, height, seed: width), Pictures.Slopes(width, height), new Picture(new PictureSize(width, height)) })
        {
            Pictures.LargestDifference(Picture.Decode(Pictures.Png(picture), "again.png"), picture).Should().Be(0);
        }
    }

    [Fact]
    public void Prediction_makes_smooth_pngs_small()
    {
        Picture picture = Pictures.Slopes(256, 256);

        Pictures.Png(picture).Length.Should().BeLessThan(picture.Pixels.Length / 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_prediction_is_used_where_it_leaves_least_and_taken_back(byte filter)
    {
        var picture = new Picture(new PictureSize(301, 2));
        var random = new Random(filter);
        random.NextBytes(picture.Row(0));
        for (int i = 0; i < picture.Row(0).Length; i++)
        {
            // A slope under noise; the row above again; high steps along the row and a low one down.
            byte step = (byte)(i / 30 % 2 * 100);
            picture.Row(0)[i] = filter == 4 ? step : picture.Row(0)[i];
            picture.Row(1)[i] = filter switch { 1 => (byte)(i / 3), 2 => picture.Row(0)[i], _ => (byte)(step + 1) };
        }

        new PngRowFilters(903).Filter(picture.Row(1), picture.Row(0))[0].Should().Be(filter);
        Pictures.LargestDifference(Picture.Decode(Pictures.Png(picture), "again.png"), picture).Should().Be(0);
    }

    [TurboJpegFact]
    public void Quality_trades_bytes_for_likeness()
    {
        Picture picture = Pictures.Noise(64, 64, seed: 2);
        byte[] low = Pictures.Jpeg(picture, quality: 10);
        byte[] high = Pictures.Jpeg(picture, quality: 100);

        low.Length.Should().BeLessThan(high.Length / 4);
        Pictures.LargestDifference(Picture.Decode(high, "high.jpg"), picture).Should().BeLessThan(8);
    }

    [TurboJpegFact]
    public void A_side_that_JPEG_cannot_have_is_refused()
    {
        Action writing = static () => Pictures.Jpeg(new Picture(new PictureSize(65536, 1)));

        writing.Should().Throw<NotSupportedException>().WithMessage("*65536 x 1*Write a PNG.");
    }

    [Fact]
    public void A_picture_needs_all_its_pixels()
    {
        Action making = static () => _ = new Picture(new PictureSize(2, 2), new byte[11]);

        making.Should().Throw<ArgumentException>().WithMessage("*12 bytes*11*");
    }
}
