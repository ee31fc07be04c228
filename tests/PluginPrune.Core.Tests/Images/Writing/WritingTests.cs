using PluginPrune.Core.Images;

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
