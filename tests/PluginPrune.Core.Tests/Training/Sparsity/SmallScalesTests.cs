using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Sparsity;

public sealed class SmallScalesTests
{
    [Fact]
    public void Magnitudes_below_the_limits_are_counted_by_layer_and_in_all()
    {
        Network network = SparseNetworks.Make(static i => i < 30 ? -0.0005f : i < 50 ? 0.005f : -2, static i => i < 10 ? 0 : i == 10 ? 0.01f : 1);

        SmallScales scales = SmallScales.Of(network, SparseNetworks.BatchNormsOf(network));

        scales.Layers.Select(static layer => (layer.Channels, layer.BelowHundredth, layer.BelowThousandth)).Should().Equal((100, 50, 30), (100, 10, 10));
        scales.BelowHundredth.Should().Be(0.3);
        scales.BelowThousandth.Should().Be(0.2);
    }

    [Fact]
    public void Without_layers_nothing_is_small()
    {
        SmallScales.Of(SparseNetworks.Make(static _ => 0, static _ => 0), []).BelowHundredth.Should().Be(0);
    }
}
