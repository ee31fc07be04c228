using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;
using PluginPrune.Core.Tests.Images;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loading;

public sealed class TrainingSampleTests
{
    [Fact]
    public void A_small_sample_is_enlarged_with_its_boxes_and_pictures_of_one_thing_stay_such()
    {
        Picture picture = Pictures.Noise(5, 3, 1);
        var sut = new TrainingSample(picture, [new TrainingTarget(1, new Box(1, 0, 4, 2)), new TrainingTarget(0, default)], ["a.png"]);

        TrainingSample large = sut.Enlarged(3);

        large.Picture.Size.Should().Be(new PictureSize(15, 9));
        for (int at = 0; at < large.Picture.Pixels.Length; at++)
        {
            int channel = at % Picture.Channels;
            int x = at / Picture.Channels % 15;
            int y = at / Picture.Channels / 15;
            large.Picture.Pixels[at].Should().Be(picture.Pixels[(((y / 3 * 5) + (x / 3)) * Picture.Channels) + channel]);
        }

        large.Targets[0].Box.Should().Be(new Box(3, 0, 12, 6));
        large.Targets[1].IsPicture.Should().BeTrue();
        sut.Enlarged(1).Should().BeSameAs(sut);
    }
}
