using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Sensitivity;

/// <summary>What comes before the first cut is computed once, and nobody can tell.</summary>
public sealed class SharedPrefixTests
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Fact]
    public void Networks_that_share_a_beginning_give_the_very_same_numbers()
    {
        int shared = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            using var sharing = new SharedPrefixEngine(Engine, network, pictures: 3, memoryBytes: 1 << 28);
            var lone = new LoneGroupPlans(network, new ByIndex(), GroupSelectionTests.ContextOf(network).Services, 0, CancellationToken.None);
            foreach (ChannelGroup group in lone.Analysis.Groups.Where(group => lone.WhyWhole(group) is null))
            {
                Network small = lone.PlanAt(group, 0.5).Apply().Network;
                shared += new NetworkSplit(small, network).CommonShare >= 0.1 ? 1 : 0;

                foreach (Network each in new[] { network, small, small })
                {
                    Run(sharing.Compile, each).Should().Equal(Run(Engine.Compile, each), "seed {0}, {1}", seed, group.Name);
                    Run(sharing.CompileParallel, each).Should().Equal(Run(Engine.Compile, each), "seed {0}, {1}", seed, group.Name);
                }
            }
        }

        shared.Should().BeGreaterThan(50, "otherwise nothing was tried");
    }

    [Fact]
    public void What_is_common_is_run_once_for_each_picture_and_not_at_all_where_nothing_is()
    {
        var net = new NetworkBuilder(1);
        string first = net.ConvNormAct("input", 8);
        string second = net.ConvNormAct(first, 8);
        net.Head(net.Conv(net.ConvNormAct(second, 8), 4, size: 1, bias: true));
        Network network = net.Build();
        var counting = new CountingEngine(Engine);
        using var sharing = new SharedPrefixEngine(counting, network, pictures: 3, memoryBytes: 1 << 28);
        var lone = new LoneGroupPlans(network, new ByIndex(), GroupSelectionTests.ContextOf(network).Services, 0, CancellationToken.None);

        foreach (double share in new[] { 0.25, 0.5, 0.75 })
        {
            Run(sharing.Compile, lone.PlanAt(lone.Analysis.Groups[2], share).Apply().Network);
        }

        // The beginning once for each of three pictures, the rest three times.
        counting.Runs.Should().Equal([new("n5", 3), .. Enumerable.Repeat(new KeyValuePair<string, int>("n9", 3), 3)]);
    }

    [Fact]
    public void Where_memory_does_not_suffice_networks_are_run_whole()
    {
        Network network = RandomNetworks.Make(2, isPadded: true, preservesZero: false);
        var counting = new CountingEngine(Engine);
        using var sharing = new SharedPrefixEngine(counting, network, pictures: int.MaxValue, memoryBytes: 1 << 20);

        Run(sharing.Compile, network).Should().Equal(Run(Engine.Compile, network));

        counting.Runs.Should().ContainSingle();
    }

    private static float[] Run(Func<Network, IExecutable<float>> compile, Network network)
    {
        using IExecutable<float> executable = compile(network);
        var results = new List<float>();
        foreach (Batch<float> batch in Pictures.Batches(network.Inputs[0].Shape, 7, 1, 1, 1))
        {
            foreach (Batch<float> output in executable.Run([batch], network.Outputs, CancellationToken.None))
            {
                results.AddRange(output.Elements);

                // What is handed out is the caller's to write to.
                output.Elements.AsSpan().Fill(float.NaN);
            }
        }

        return [.. results];
    }

    private sealed class CountingEngine(IEngine inner) : IEngine
    {
        private readonly List<Counting> _compiled = [];

        /// <summary>The first output of each network that was run, and how often.</summary>
        public IEnumerable<KeyValuePair<string, int>> Runs => _compiled.Where(static one => one.Runs > 0).Select(static one => new KeyValuePair<string, int>(one.Output, one.Runs));

        public IExecutable<float> Compile(Network network)
        {
            var made = new Counting(inner.Compile(network), network.Outputs[0]);
            _compiled.Add(made);
            return made;
        }

        private sealed class Counting(IExecutable<float> executable, string output) : IExecutable<float>
        {
            public string Output { get; } = output;

            public int Runs { get; private set; }

            public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
            {
                Runs++;
                return executable.Run(inputs, values, cancellationToken);
            }

            public void Dispose() => executable.Dispose();
        }
    }
}
