using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Data;

namespace PluginPrune.Core.Tests.Data;

public sealed class PixelLabelsTests
{
    [Fact]
    public void Shares_become_pixels_of_the_real_picture()
    {
        DatasetItem item = Make(BoxUnit.Relative, new Box(0.25, 0.5, 0.75, 1));

        PixelLabels.Of(item, 640, 480).Single().Box.Should().Be(new Box(160, 240, 480, 480));
    }

    [Fact]
    public void Boxes_end_at_the_edges_and_those_beyond_are_left_out()
    {
        DatasetItem item = Make(BoxUnit.Pixels, new Box(-5, 10, 20, 700), new Box(640, 0, 700, 10), new Box(5, 5, 5, 9), new Box(0, 0, 640, 480));

        PixelLabels.Of(item, 640, 480).Select(static label => label.Box).Should().Equal(new Box(0, 10, 20, 480), new Box(0, 0, 640, 480));
    }

    private static DatasetItem Make(BoxUnit unit, params Box[] boxes) =>
        new("a.jpg", () => Stream.Null, [.. boxes.Select(static box => new ObjectLabel(0, box))]) { Unit = unit };
}
