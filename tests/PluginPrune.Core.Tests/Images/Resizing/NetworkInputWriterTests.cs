using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images.Resizing;

public sealed class NetworkInputWriterTests
{
    [Fact]
    public void Channels_become_planes_from_0_to_1_with_red_first()
    {
        var picture = new Picture(new PictureSize(2, 1), [255, 0, 51, 0, 102, 204]);

        Write(picture, Preprocessing.Darknet).Should().Equal(1, 0, 0, 0.4f, 0.2f, 0.8f);
    }

    [Fact]
    public void Blue_first_mean_and_deviation_are_obeyed_channel_by_channel()
    {
        var picture = new Picture(new PictureSize(1, 1), [10, 20, 30]);
        Preprocessing preprocessing = new() { Order = ChannelOrder.Bgr, Scale = 0.5, Mean = [1, 2, 3], Deviation = [2, 4, 8] };

        Write(picture, preprocessing).Should().Equal((15f - 1) / 2, (10f - 2) / 4, (5f - 3) / 8);
    }

    [Fact]
    public void Grey_is_weighed_as_television_does()
    {
        var picture = new Picture(new PictureSize(3, 1), [255, 0, 0, 0, 255, 0, 0, 0, 255]);

        Write(picture, new Preprocessing { Order = ChannelOrder.Grey, Scale = 1 }).Should().Equal(76, 150, 29);
    }

    [Fact]
    public void Every_element_is_written_and_padding_is_treated_like_pixels()
    {
        Picture picture = Pictures.Noise(31, 14, seed: 1);
        var network = new PictureSize(24, 20);
        Preprocessing preprocessing = Preprocessing.Darknet with { Mean = [0.1, 0.2, 0.3], Padding = 100, Interpolation = Interpolation.Area };
        var placement = PicturePlacement.Letterbox(picture.Size, network);
        float[] target = new float[3 * 24 * 20];
        Array.Fill(target, float.NaN);

        new NetworkInputWriter(preprocessing).Write(picture, placement, target);

        Picture scaled = PictureResizer.Resize(picture, placement.Scaled, Interpolation.Area);
        for (int i = 0; i < target.Length; i++)
        {
            int x = (i % 24) - placement.Left;
            int y = (i / 24 % 20) - placement.Top;
            int channel = i / (24 * 20);
            bool isPadding = x < 0 || y < 0 || x >= scaled.Width || y >= scaled.Height;
            int pixel = isPadding ? 100 : scaled.Row(y)[(3 * x) + channel];
            target[i].Should().BeApproximately((float)((pixel / 255.0) - preprocessing.Mean[channel]), 1e-6f);
        }
    }

    [Fact]
    public void A_mean_for_another_number_of_channels_and_a_deviation_of_0_are_refused()
    {
        Action mean = static () => _ = new NetworkInputWriter(new Preprocessing { Order = ChannelOrder.Grey, Mean = [1, 2, 3] });
        Action deviation = static () => _ = new NetworkInputWriter(new Preprocessing { Deviation = [1, 0, 1] });

        mean.Should().Throw<NetworkException>().WithMessage("*3 means or deviations for 1 channels*");
        deviation.Should().Throw<NetworkException>().WithMessage("*deviation of channel 1 is 0*");
    }

    [Fact]
    public void A_target_of_another_size_is_refused()
    {
        Action writing = static () => new NetworkInputWriter(Preprocessing.Darknet).Write(
            Pictures.Slopes(4, 4), PicturePlacement.Stretch(new PictureSize(4, 4), new PictureSize(2, 2)), new float[11]);

        writing.Should().Throw<ArgumentException>().WithMessage("*11 elements*12*");
    }

    private static float[] Write(Picture picture, Preprocessing preprocessing)
    {
        var writer = new NetworkInputWriter(preprocessing);
        float[] target = new float[picture.Size.Pixels * writer.Channels];
        writer.Write(picture, PicturePlacement.Stretch(picture.Size, picture.Size), target);
        return target;
    }
}
