using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatResnet;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Writing;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Resnet;

/// <summary>State dictionaries of residual networks, written and read in a folder of their own.</summary>
internal sealed class ResnetSketch : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-resnet-").FullName;
    private readonly List<StateEntry> _entries = [];
    private readonly Random _random = new(3);
    private readonly bool _isZero;

    /// <param name="isZero">Whether numbers do not matter: zeros in place of random ones.</param>
    public ResnetSketch(bool isZero = false) => _isZero = isZero;

    public static IModelFormat Format { get; } = PluginFactory.Create<ResnetPlugin, IModelFormat>("resnet");

    public string PathOf(string name = "net.pth") => Path.Combine(_folder, name);

    public StateDictionary Dictionary => new([.. _entries]);

    /// <summary>As CIFAR's are: three stages of blocks of two convolutions, 16, 32 and 64 wide.</summary>
    public static ResnetSketch Cifar(int blocks, bool hasShortcuts = false, bool isZero = false)
    {
        var sketch = new ResnetSketch(isZero);
        sketch.Layer("conv1", "bn1", 16, 3, 3);
        int width = 16;
        for (int stage = 1; stage <= 3; stage++)
        {
            for (int block = 0; block < blocks; block++)
            {
                int wide = 8 << stage;
                sketch.Basic($"layer{stage}.{block}", width, wide, hasShortcuts && width != wide ? "shortcut" : null);
                width = wide;
            }
        }

        sketch.Linear("linear", 10, 64);
        return sketch;
    }

    /// <summary>As torchvision's are.</summary>
    public static ResnetSketch ImageNet(bool isBottleneck, params int[] blocks)
    {
        var sketch = new ResnetSketch(isZero: true);
        sketch.Layer("conv1", "bn1", 64, 3, 7);
        int width = 64;
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int block = 0; block < blocks[stage - 1]; block++)
            {
                string name = $"layer{stage}.{block}";
                int wide = 32 << stage;
                if (isBottleneck)
                {
                    sketch.Layer($"{name}.conv1", $"{name}.bn1", wide, width, 1);
                    sketch.Layer($"{name}.conv2", $"{name}.bn2", wide, wide, 3);
                    sketch.Layer($"{name}.conv3", $"{name}.bn3", 4 * wide, wide, 1);
                    sketch.Shortcut($"{name}.downsample", width, 4 * wide, block == 0);
                    width = 4 * wide;
                }
                else
                {
                    sketch.Basic(name, width, wide, width != wide ? "downsample" : null);
                    width = wide;
                }
            }
        }

        sketch.Linear("fc", 1000, width);
        return sketch;
    }

    public Tensor Numbers(params int[] extents)
    {
        var shape = new Shape(extents);
        return Tensor.FromFloats(shape, [.. Enumerable.Range(0, shape.Count).Select(_ => _isZero ? 0 : (float)(_random.NextDouble() - 0.5))]);
    }

    public ResnetSketch Add(string name, Tensor tensor)
    {
        _entries.Add(new StateEntry(name, tensor));
        return this;
    }

    public void Basic(string name, int inputs, int outputs, string? shortcut)
    {
        Layer($"{name}.conv1", $"{name}.bn1", outputs, inputs, 3);
        Layer($"{name}.conv2", $"{name}.bn2", outputs, outputs, 3);
        Shortcut($"{name}.{shortcut}", inputs, outputs, shortcut is not null);
    }

    public void Layer(string convolution, string norm, int outputs, int inputs, int size)
    {
        Add($"{convolution}.weight", Numbers(outputs, inputs, size, size));
        Add($"{norm}.weight", Numbers(outputs)).Add($"{norm}.bias", Numbers(outputs)).Add($"{norm}.running_mean", Numbers(outputs));
        Add($"{norm}.running_var", Tensor.FromFloats([.. Numbers(outputs).Floats.ToArray().Select(static number => number + 1)]));
    }

    /// <summary>Writes it as torch would.</summary>
    public string Save(Func<StateDictionary, StateDictionary>? change = null, string name = "net.pth")
    {
        using FileStream stream = File.Create(PathOf(name));
        StateDictionary dictionary = Dictionary;
        StateDictionaryWriter.Write(stream, change?.Invoke(dictionary) ?? dictionary, "padding", CancellationToken.None);
        return PathOf(name);
    }

    public Network Read(string name = "net.pth") => ReadFile(PathOf(name));

    public static Network ReadFile(string path) => Format.Read(new ModelSource(path, null, static _ => { }), CancellationToken.None);

    /// <summary>Writes a network and reads it again.</summary>
    public Network Cycle(Network network)
    {
        Format.FindObstacles(network).Should().BeEmpty();
        var sink = new MemorySink();
        Format.Write(network, sink, CancellationToken.None);
        (string extension, byte[] bytes) = sink.Files.Single();
        File.WriteAllBytes(PathOf("again" + extension), bytes);
        return Read("again" + extension);
    }

    public string Refusal(string name = "net.pth")
    {
        InputException fault = Assert.Throws<InputException>(() => Read(name));
        fault.File.Should().Be(PathOf(name));
        return fault.Message;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Shortcut(string name, int inputs, int outputs, bool isThere)
    {
        if (isThere)
        {
            Layer($"{name}.0", $"{name}.1", outputs, inputs, 1);
        }
    }

    private void Linear(string name, int outputs, int inputs) => Add($"{name}.weight", Numbers(outputs, inputs)).Add($"{name}.bias", Numbers(outputs));
}
