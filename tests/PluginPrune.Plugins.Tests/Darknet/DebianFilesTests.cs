using PluginPrune.Contracts.Networks;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Every cfg of Debian's darknet package, which are the original Darknet's.</summary>
public sealed class DebianFilesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    /// <summary>A data source must not be empty, even where the tests are skipped.</summary>
    public static TheoryData<string> Names => DebianDarknet.IsInstalled ? [.. DebianDarknet.Names] : ["none"];

    [DebianDarknetTheory]
    [MemberData(nameof(Names))]
    public void What_is_read_and_written_unchanged_is_the_same_file(string name)
    {
        string cfg = DebianDarknet.PathOf(name);
        SyntheticWeights.Write(cfg, _scratch.WeightsPath);

        Network network = _scratch.ReadFile(cfg, _scratch.WeightsPath);
        using var written = new HashingSink();
        _scratch.Format.Write(network, written, CancellationToken.None);

        written.HashOf(".cfg").Should().Be(HashingSink.HashOfFile(cfg));
        written.HashOf(".weights").Should().Be(HashingSink.HashOfFile(_scratch.WeightsPath));
    }

    public void Dispose() => _scratch.Dispose();
}
