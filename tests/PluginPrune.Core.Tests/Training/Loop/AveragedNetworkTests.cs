using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Tests.Training.Sparsity;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

public sealed class AveragedNetworkTests
{
    [Fact]
    public void What_is_trained_says_which_scales_are_zero_and_the_average_what_the_others_are()
    {
        Network average = SparseNetworks.Make(static _ => 0.3f, static _ => 0.2f);
        Network current = SparseNetworks.Make(static i => i < 40 ? 0 : 1, static i => i < 70 ? -0f : 1);
        IReadOnlyList<string> ids = SparseNetworks.BatchNormsOf(average);

        Network both = AveragedNetwork.WithZeros(average, current, ids);

        GammasOf(both, ids[0]).Should().Equal(Enumerable.Range(0, 100).Select(static i => i < 40 ? 0 : 0.3f));
        GammasOf(both, ids[1]).Should().Equal(Enumerable.Range(0, 100).Select(static i => i < 70 ? 0 : 0.2f));
        both.Nodes.Where(static node => node.Operation is not BatchNorm).Should().Equal(average.Nodes.Where(static node => node.Operation is not BatchNorm));
    }

    [Fact]
    public void Scales_that_are_not_pulled_are_left_alone()
    {
        Network average = SparseNetworks.Make(static _ => 0.3f, static _ => 0.2f);
        IReadOnlyList<string> ids = SparseNetworks.BatchNormsOf(average);

        Network both = AveragedNetwork.WithZeros(average, SparseNetworks.Make(static _ => 0, static _ => 0), [ids[1]]);

        GammasOf(both, ids[0]).Should().OnlyContain(static gamma => gamma == 0.3f);
        GammasOf(both, ids[1]).Should().OnlyContain(static gamma => gamma == 0);
    }

    private static float[] GammasOf(Network network, string id) => ((BatchNorm)network[id].Operation).Gamma.Floats.ToArray();
}
