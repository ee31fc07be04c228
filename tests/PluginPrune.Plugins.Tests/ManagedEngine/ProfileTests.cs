using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

public sealed class ProfileTests
{
    [Fact]
    public void Every_step_bears_the_first_node_that_it_computes()
    {
        var random = new Random(11);
        Network network = SampleNetworks.Detector(random);
        using IExecutable<float> executable = Engines.Create(2).Compile(network);
        var profiling = (IProfilingExecutable)executable;

        ImmutableArray<NodeTime> times = profiling.Profile([SampleNetworks.Picture(network, random, 2)], network.Outputs, CancellationToken.None);

        times.Select(static time => time.Node).Should().OnlyHaveUniqueItems().And.BeSubsetOf(network.Nodes.Select(static node => node.Id));
        times.Select(time => network.IndexOf(time.Node)).Should().BeInAscendingOrder();
        times.Should().OnlyContain(static time => time.Milliseconds >= 0);
        times.Sum(static time => time.Milliseconds).Should().BePositive();
        times.Select(static time => time.Node).Should().Contain("0.conv").And.NotContain("0.bn", "it runs with the convolution");
    }

    [Fact]
    public void The_engine_tells_what_it_runs_on()
    {
        EngineDescription description = ((IDescribedEngine)Engines.Create(3)).Describe();

        description.Library.Should().StartWith(".NET ");
        description.Path.Should().BeNull();
        description.Threads.Should().Be(3);
        description.Devices.Should().Equal("cpu");
    }
}
