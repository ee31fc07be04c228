using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Plugins.Tests.Resnet;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Writing;
using Xunit.Abstractions;

namespace PluginPrune.Plugins.Tests.Fuzz;

/// <summary>Spoilt state dictionaries: each is read, or refused with its reason; what is read can be written and read again.</summary>
public sealed class TorchFileFuzzTests(ITestOutputHelper output) : IDisposable
{
    private readonly ResnetSketch _sketch = new();

    [Fact]
    public void State_dictionaries() => new Fuzzer(output).Run(30, [Zipped(), Legacy()], file =>
    {
        File.WriteAllBytes(_sketch.PathOf(), file);
        Network network;
        try
        {
            network = _sketch.Read();
        }
        catch (InputException fault)
        {
            fault.File.Should().Be(_sketch.PathOf());
            fault.Message.Should().NotContain("Exception");
            return false;
        }

        if (ResnetSketch.Format.FindObstacles(network).IsEmpty)
        {
            _sketch.Cycle(network).Nodes.Should().HaveCount(network.Nodes.Length);
        }

        return true;
    });

    public void Dispose() => _sketch.Dispose();

    /// <summary>A network of one block, narrow: most of its file is structure.</summary>
    private static StateDictionary Narrow()
    {
        using var sketch = new ResnetSketch();
        sketch.Layer("conv1", "bn1", 2, 3, 1);
        sketch.Basic("layer1.0", 2, 2, null);
        sketch.Basic("layer2.0", 2, 4, null);
        return sketch.Add("linear.weight", sketch.Numbers(3, 4)).Add("linear.bias", sketch.Numbers(3)).Dictionary;
    }

    private static byte[] Zipped()
    {
        var stream = new MemoryStream();
        StateDictionaryWriter.Write(stream, Narrow() with { Wrapper = "state_dict" }, "padding", CancellationToken.None);
        return stream.ToArray();
    }

    private static byte[] Legacy()
    {
        StateDictionary dictionary = Narrow();
        byte[] entries =
        [
            .. dictionary.Entries.SelectMany(static (entry, i) => (byte[])[.. PickleText.Text(entry.Name), .. PickleText.Tensor(entry.Tensor, $"{i}")]),
        ];
        return PickleText.Legacy(
            PickleText.Of("}(", entries, "u"), [.. dictionary.Entries.Select(static (entry, i) => ($"{i}", entry.Tensor.Floats.ToArray()))]);
    }
}
