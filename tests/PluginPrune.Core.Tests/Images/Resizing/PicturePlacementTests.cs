using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images.Resizing;

public sealed class PicturePlacementTests
{
    [Theory]
    [InlineData(1280, 720, 640, 640, 640, 360, 0, 140)]
    [InlineData(768, 576, 416, 416, 416, 312, 0, 52)]
    [InlineData(640, 478, 640, 640, 640, 478, 0, 81)]
    [InlineData(640, 427, 416, 416, 416, 278, 0, 69)]
    [InlineData(500, 375, 416, 416, 416, 312, 0, 52)]
    [InlineData(353, 500, 320, 320, 226, 320, 47, 0)]
    [InlineData(335, 500, 320, 320, 214, 320, 53, 0)]
    [InlineData(10, 3, 5, 5, 5, 2, 0, 1)]
    [InlineData(10, 5, 5, 5, 5, 2, 0, 1)]
    [InlineData(4, 7, 21, 28, 16, 28, 2, 0)]
    [InlineData(1, 10000, 320, 320, 1, 320, 159, 0)]
    public void A_letterbox_rounds_as_the_original(
        int width, int height, int networkWidth, int networkHeight, int scaledWidth, int scaledHeight, int left, int top)
    {
        var placement = PicturePlacement.Letterbox(new PictureSize(width, height), new PictureSize(networkWidth, networkHeight));

        placement.Scaled.Should().Be(new PictureSize(scaledWidth, scaledHeight));
        (placement.Left, placement.Top).Should().Be((left, top));
    }

    [Theory]
    [InlineData(1280, 720, 640, 640, 384, 0, 12)]
    [InlineData(768, 576, 640, 640, 480, 0, 0)]
    [InlineData(500, 375, 640, 640, 480, 0, 0)]
    [InlineData(353, 500, 640, 480, 640, 14, 0)]
    [InlineData(640, 427, 640, 640, 448, 0, 10)]
    public void A_rectangle_pads_no_more_than_the_stride_needs(int width, int height, int side, int networkWidth, int networkHeight, int left, int top)
    {
        var placement = PicturePlacement.Letterbox(new PictureSize(width, height), new PictureSize(side, side), 32);

        placement.Network.Should().Be(new PictureSize(networkWidth, networkHeight));
        (placement.Left, placement.Top).Should().Be((left, top));
    }

    [Fact]
    public void Boxes_go_to_the_network_and_come_back()
    {
        PictureTransform transform = PicturePlacement.Of(new PictureSize(1280, 720), new PictureSize(640, 640), ResizeMode.Letterbox).Transform;
        var box = new Box(100, 50, 1280, 720);

        transform.ToNetwork(box).Should().Be(new Box(50, 165, 640, 500));
        transform.ToPicture(transform.ToNetwork(box)).Should().Be(box);
        transform.ToPicture(new Box(0, 0, 640, 640)).Should().Be(new Box(0, -280, 1280, 1000));
    }

    [Fact]
    public void A_stretched_picture_has_a_scale_for_each_side()
    {
        PicturePlacement.Of(new PictureSize(800, 200), new PictureSize(400, 400), ResizeMode.Stretch).Transform.Should().Be(new PictureTransform(0.5, 2, 0, 0));
    }

    [Fact]
    public void A_picture_outside_its_input_is_refused()
    {
        Action placing = () => _ = new PicturePlacement(new PictureSize(5, 5), new PictureSize(10, 10), new PictureSize(6, 6), 5, 0);

        placing.Should().Throw<ArgumentException>().WithMessage("*6 x 6 at (5, 0)*10 x 10*");
    }
}
