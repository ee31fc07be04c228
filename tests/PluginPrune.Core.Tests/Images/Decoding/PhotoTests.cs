using PluginPrune.Core.Images;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Images.Decoding;

/// <summary>Real photos; the sums of all reds, greens and blues are those of OpenCV 4.6's imread, which decodes every one of them to the same bytes.</summary>
public sealed class PhotoTests
{
    [SharedDataTheory]
    [InlineData("data/photos/dog.jpg", 768, 576, 59475068, 60014148, 50465203)]
    [InlineData("data/photos/eagle.jpg", 773, 512, 33731186, 32450350, 28001386)]
    [InlineData("data/photos/giraffe.jpg", 500, 500, 22938182, 26978975, 10567997)]
    [InlineData("data/photos/horses.jpg", 773, 512, 52753729, 50744390, 49550582)]
    [InlineData("data/photos/person.jpg", 640, 424, 45180950, 43451591, 41992354)]
    [InlineData("data/coco8/images/val/000000000036.jpg", 481, 640, 43931868, 43221490, 46583447)]
    [InlineData("data/coco8/images/val/000000000042.jpg", 640, 478, 42333370, 33869308, 35440586)]
    [InlineData("data/bccd-voc/BCCD/JPEGImages/BloodImage_00000.jpg", 640, 480, 57529877, 53901395, 56001107)]
    [InlineData("data/raccoon-voc/images/raccoon-103.jpg", 480, 640, 45073140, 38426641, 31335320)]
    [InlineData("data/raccoon-voc/images/raccoon-104.jpg", 600, 304, 16746682, 15457521, 15750435)]
    public void A_photo_is_decoded_to_the_bytes_that_OpenCV_finds(string file, int width, int height, long red, long green, long blue)
    {
        Picture picture = Picture.Read(SharedData.PathOf(file));

        long[] sums = new long[3];
        ReadOnlySpan<byte> pixels = picture.Pixels;
        for (int i = 0; i < pixels.Length; i++)
        {
            sums[i % 3] += pixels[i];
        }

        picture.Size.Should().Be(new PictureSize(width, height));
        PictureInfo.Read(SharedData.PathOf(file)).Size.Should().Be(picture.Size);
        sums.Should().Equal(red, green, blue);
    }
}
