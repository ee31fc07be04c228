using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Images;
using PluginPrune.Core.Training;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Training.Loop;

public sealed class ScaleScheduleTests
{
    private static readonly TrainerSettings Varied = new() { Epochs = 1, IsMultiScale = true };

    [Theory]
    [InlineData(6, 192, 192, 64)]
    [InlineData(5, 416, 320, 32)]
    [InlineData(5, 400, 400, 32)]
    [InlineData(3, 64, 64, 8)]
    public void Sizes_are_multiples_of_the_networks_own_stride_and_it_takes_them_all(int halvings, int width, int height, int stride)
    {
        Network network = Halved(halvings, width, height);

        ScaleSchedule.StrideOf(network).Should().Be(new PictureSize(stride, stride));
        IReadOnlyList<PictureSize> sizes = new ScaleSchedule(Varied, new PictureSize(width, height), new PictureSize(stride, stride)).SizesIn(2000);

        sizes.Should().HaveCountGreaterThan(2).And.OnlyHaveUniqueItems()
            .And.AllSatisfy(size => (size.Width % stride, size.Height % stride).Should().Be((0, 0)));
        ScaleSchedule.FindMisfit(network, sizes).Should().BeNull();
    }

    [Fact]
    public void A_network_that_takes_one_size_alone_is_found_out_before_it_is_trained()
    {
        var net = new NetworkBuilder(1, height: 32, width: 32);
        string flat = net.Add(new Flatten(), net.Conv("input", 4, stride: 2));
        net.Head(net.Linear(flat, 3));

        ScaleSchedule.FindMisfit(net.Build("flat"), [new PictureSize(32, 32)]).Should().BeNull();
        ScaleSchedule.FindMisfit(net.Build("flat"), [new PictureSize(32, 32), new PictureSize(48, 48)]).Should().StartWith("'flat' does not take pictures of 48 x 48: ");
    }

    [Fact]
    public void Where_nothing_can_vary_there_is_one_size() =>
        new ScaleSchedule(Varied, new PictureSize(64, 64), new PictureSize(64, 64)).SizesIn(2000).Should().Equal(new PictureSize(64, 64));

    // Halved so often; the last map is doubled again and meets the one before.
    private static Network Halved(int times, int width, int height)
    {
        var net = new NetworkBuilder(1, height: height, width: width);
        string before = "input";
        string value = "input";
        for (int i = 0; i < times; i++)
        {
            (before, value) = (value, net.Conv(value, 4, stride: 2));
        }

        bool isEven = width % (1 << times) == 0 && height % (1 << times) == 0;
        net.Head(isEven ? net.Add(new Concat(), before, net.Add(new Upsample(2), value)) : value);
        return net.Build();
    }
}
