using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Distillation;

public sealed class InputConversionTests
{
    private static readonly Preprocessing Other = new() { Order = ChannelOrder.Bgr, Scale = 1, Mean = [100, 110, 120], Deviation = [50, 51, 52] };

    [Fact]
    public void Numbers_become_those_that_the_other_network_wants()
    {
        // A pixel of 10, 20, 30 (red, green, blue), and one of 255, 0, 5.
        float[] darknet = [10 / 255f, 1, 20 / 255f, 0, 30 / 255f, 5 / 255f];
        var shape = new Shape(3, 1, 2);

        float[] found = new InputConversion(Preprocessing.Darknet, Other).Apply(new Batch<float>(1, shape, darknet)).Elements;
        float[] back = new InputConversion(Other, Preprocessing.Darknet).Apply(new Batch<float>(1, shape, found)).Elements;

        float[] wanted = [(30 - 100) / 50f, (5 - 100) / 50f, (20 - 110) / 51f, -110 / 51f, (10 - 120) / 52f, (255 - 120) / 52f];
        for (int i = 0; i < wanted.Length; i++)
        {
            found[i].Should().BeApproximately(wanted[i], 1e-5f);
            back[i].Should().BeApproximately(darknet[i], 1e-6f);
        }
    }

    [Fact]
    public void Where_both_want_the_same_nothing_is_copied()
    {
        var batch = new Batch<float>(1, new Shape(3, 1, 1), [1, 2, 3]);

        new InputConversion(Preprocessing.Darknet, Preprocessing.Darknet with { Resize = ResizeMode.Letterbox }).Apply(batch).Should().BeSameAs(batch);
    }
}
