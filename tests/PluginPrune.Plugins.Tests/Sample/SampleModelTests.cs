using System.Globalization;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Costs;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Sample;

public sealed class SampleModelTests
{
    private const int Classes = 5;

    private static readonly string Folder = FindFolder();

    [Theory]
    [InlineData("sample")]
    [InlineData("sample-tiny")]
    public void A_sample_has_two_heads_and_as_many_parameters_as_it_says(string name)
    {
        Network network = Read(name);

        network.Heads.Should().HaveCount(2);
        network.Heads.Should().OnlyContain(head => network.ShapeOf(head.Input).Channels == 3 * (5 + Classes));
        File.ReadAllText(PathOf(name)).Should().Contain(NetworkCost.Of(network).Parameters.ToString("N0", CultureInfo.InvariantCulture) + " parameters");
        new FileInfo(Path.ChangeExtension(PathOf(name), ".weights")).Length.Should().BeLessThan(4_000_000);
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("sample-tiny")]
    public void A_sample_was_trained_sparse(string name)
    {
        float[] gammas = [.. Read(name).Nodes.Select(static node => node.Operation).OfType<BatchNorm>().SelectMany(static norm => norm.Gamma.Floats.ToArray())];

        gammas.Count(static gamma => gamma == 0).Should().BeGreaterThan(gammas.Length / 2);
    }

    private static Network Read(string name)
    {
        IModelFormat format = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet");
        return format.Read(new ModelSource(PathOf(name), null, static _ => { }), CancellationToken.None);
    }

    private static string PathOf(string name) => Path.Combine(Folder, name + ".cfg");

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
