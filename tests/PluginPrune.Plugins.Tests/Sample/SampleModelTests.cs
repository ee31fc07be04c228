using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Sample;

public sealed class SampleModelTests
{
    private static readonly string Folder = FindFolder();
    private static readonly string Cfg = Path.Combine(Folder, "sample.cfg");
    private static readonly string Weights = Path.Combine(Folder, "sample.weights");

    [Fact]
    public void The_sample_weights_are_what_the_formula_gives()
    {
        string made = Path.GetTempFileName();
        try
        {
            SyntheticWeights.Write(Cfg, made);

            File.ReadAllBytes(made).AsSpan().SequenceEqual(File.ReadAllBytes(Weights)).Should().BeTrue(
                "cfg/sample.weights must be made again whenever cfg/sample.cfg changes: " +
                "dotnet run --project tests/real-clients/Tool -- weights cfg/sample.cfg cfg/sample.weights");
        }
        finally
        {
            File.Delete(made);
        }
    }

    [Fact]
    public void The_sample_is_a_network_with_two_heads_and_as_many_parameters_as_it_says()
    {
        IModelFormat format = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet");

        Network network = format.Read(new ModelSource(Cfg, Weights, static _ => { }), CancellationToken.None);

        network.Heads.Should().HaveCount(2);
        network.Heads.Should().OnlyContain(head => network.ShapeOf(head.Input).Channels == 24);
        NetworkCost.Of(network).Parameters.Should().Be(349_440);
        File.ReadAllText(Cfg).Should().Contain("349,440 parameters");
    }

    private static string FindFolder()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PluginPrune.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return Path.Combine(folder.FullName, "cfg");
    }
}
