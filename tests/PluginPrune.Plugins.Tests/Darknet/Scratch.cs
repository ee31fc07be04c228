using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>A folder for one test, with a format at work in it.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch(params (string Option, string Value)[] options) =>
        Format = Contributions.Create<IModelFormat>(new DarknetPlugin(), "darknet", options);

    public IModelFormat Format { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("pluginprune-").FullName;

    public List<string> Warnings { get; } = [];

    public string CfgPath => Path.Combine(Folder, "net.cfg");

    public string WeightsPath => Path.Combine(Folder, "net.weights");

    /// <summary>Reads a network from a text, with synthetic weights of the right size.</summary>
    public Network Read(string cfg)
    {
        Save(cfg);
        SyntheticWeights.Write(CfgPath, WeightsPath);
        return ReadAgain();
    }

    public Network Read(string cfg, byte[] weights)
    {
        Save(cfg);
        File.WriteAllBytes(WeightsPath, weights);
        return ReadAgain();
    }

    public void Save(string cfg) => File.WriteAllBytes(CfgPath, Encoding.Latin1.GetBytes(cfg));

    public Network ReadAgain(string? weights = null) => Format.Read(new ModelSource(CfgPath, weights, Warnings.Add), CancellationToken.None);

    public Network ReadFile(string cfgPath, string? weightsPath = null) =>
        Format.Read(new ModelSource(cfgPath, weightsPath, Warnings.Add), CancellationToken.None);

    public MemorySink Write(Network network)
    {
        var sink = new MemorySink();
        Format.Write(network, sink, CancellationToken.None);
        return sink;
    }

    /// <summary>Writes a network and reads what was written.</summary>
    public (MemorySink Written, Network Again) WriteAndReadAgain(Network network)
    {
        MemorySink written = Write(network);
        return (written, Read(written.Cfg, written.Weights));
    }

    /// <summary>The fault that a cfg is refused with; its weights exist, so that only the cfg can be at fault.</summary>
    public InputException Refusal(string cfg)
    {
        Save(cfg);
        File.WriteAllBytes(WeightsPath, new byte[20]);
        return Assert.Throws<InputException>(() => ReadAgain());
    }

    public InputException RefusalOfWeights(string cfg, byte[] weights) => Assert.Throws<InputException>(() => Read(cfg, weights));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
