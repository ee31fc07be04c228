using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Images.Resizing;

public sealed class PictureResizerTests
{
    [Theory]
    [InlineData(64, 48, 32, 24)]
    [InlineData(66, 48, 22, 12)]
    [InlineData(64, 48, 64, 48)]
    [InlineData(61, 47, 40, 33)]
    [InlineData(100, 10, 33, 7)]
    [InlineData(37, 91, 36, 90)]
    [InlineData(200, 150, 3, 2)]
    [InlineData(17, 13, 1, 1)]
    [InlineData(1, 1, 5, 4)]
    [InlineData(1, 40, 1, 7)]
    [InlineData(20, 15, 60, 45)]
    [InlineData(31, 22, 50, 77)]
    [InlineData(30, 40, 50, 20)]
    public void Every_interpolation_is_what_it_means_to_a_grey_level(int width, int height, int newWidth, int newHeight)
    {
        Picture picture = Pictures.Noise(width, height, seed: width);
        var size = new PictureSize(newWidth, newHeight);
        bool shrinks = newWidth <= width && newHeight <= height;
        bool isHalf = width == 2 * newWidth && height == 2 * newHeight;

        foreach (Interpolation interpolation in Enum.GetValues<Interpolation>())
        {
            Picture resized = PictureResizer.Resize(picture, size, interpolation);

            Func<Picture, PictureSize, int, int, int, double> slow = interpolation switch
            {
                Interpolation.Nearest => SlowResizer.Nearest,
                Interpolation.Area when shrinks => SlowResizer.Area,
                Interpolation.Bilinear when isHalf => SlowResizer.Area,
                _ => SlowResizer.Bilinear,
            };
            resized.Size.Should().Be(size);
            for (int i = 0; i < resized.Pixels.Length; i++)
            {
                double expected = slow(picture, size, i / 3 % newWidth, i / 3 / newWidth, i % 3);
                Math.Abs(resized.Pixels[i] - expected).Should().BeLessThan(interpolation == Interpolation.Nearest ? 0.01 : 1, $"{interpolation}, element {i}");
            }
        }
    }

    [Fact]
    public void What_is_white_stays_white()
    {
        var picture = new Picture(new PictureSize(97, 61));
        picture.Pixels.Fill(255);

        foreach (Interpolation interpolation in Enum.GetValues<Interpolation>())
        {
            foreach (PictureSize size in new PictureSize[] { new(50, 40), new(200, 130), new(13, 61) })
            {
                PictureResizer.Resize(picture, size, interpolation).Pixels.ToArray().Should().AllBeEquivalentTo(255);
            }
        }
    }

    /// <summary>Sums over all bytes, each times its index modulo 251 plus 1, of what OpenCV 4.6's cv2.resize makes of the photo.</summary>
    [SharedDataTheory]
    [InlineData("data/photos/dog.jpg", 416, 416, Interpolation.Bilinear, "8402529835")]
    [InlineData("data/photos/dog.jpg", 416, 416, Interpolation.Area, "8410198243")]
    [InlineData("data/photos/dog.jpg", 416, 416, Interpolation.Nearest, "8408149461")]
    [InlineData("data/photos/dog.jpg", 384, 288, Interpolation.Bilinear, "5358131365")]
    [InlineData("data/photos/dog.jpg", 384, 288, Interpolation.Area, "5358131365")]
    [InlineData("data/photos/dog.jpg", 384, 288, Interpolation.Nearest, "5350113471")]
    [InlineData("data/photos/person.jpg", 320, 320, Interpolation.Bilinear, "6205345326")]
    [InlineData("data/photos/person.jpg", 320, 320, Interpolation.Area, "6209943308")]
    [InlineData("data/photos/person.jpg", 320, 320, Interpolation.Nearest, "6215414713")]
    [InlineData("data/photos/giraffe.jpg", 700, 600, Interpolation.Bilinear, "12781772665")]
    [InlineData("data/photos/giraffe.jpg", 700, 600, Interpolation.Nearest, "12777381497")]
    public void A_photo_is_resized_to_the_bytes_that_OpenCV_makes(string file, int width, int height, Interpolation interpolation, string sum)
    {
        Picture photo = Picture.Read(SharedData.PathOf(file));

        Picture resized = PictureResizer.Resize(photo, new PictureSize(width, height), interpolation);

        long actual = 0;
        for (int i = 0; i < resized.Pixels.Length; i++)
        {
            actual += resized.Pixels[i] * ((i % 251) + 1L);
        }

        actual.ToString(CultureInfo.InvariantCulture).Should().Be(sum);
    }
}
