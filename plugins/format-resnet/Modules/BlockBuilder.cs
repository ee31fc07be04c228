using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatResnet.Modules;

/// <summary>
/// Builds residual blocks: two convolutions, or three of which the second may be grouped; the input is added, through a convolution of
/// 1 x 1 (option B) or, where there is none and shapes differ, as every second place with channels of zeros around it (option A).
/// </summary>
internal sealed class BlockBuilder(TensorSet tensors, NodeList nodes, ImmutableSortedDictionary<string, ImmutableArray<long>> facts)
{
    private static readonly string[] ShortcutNames = ["downsample", "shortcut"];

    /// <summary>The module of a shortcut without weights, of which its facts are told.</summary>
    public static string PaddingModule(string block) => $"{block}.shortcut";

    /// <summary>Adds a block.</summary>
    /// <param name="block">Its module, for instance 'layer2.0'.</param>
    /// <param name="input">The value that it reads.</param>
    /// <param name="stride">Its step.</param>
    /// <returns>The value that it gives.</returns>
    public string Build(string block, string input, int stride)
    {
        // Of three convolutions the middle one steps, as torchvision has it; the paper's first one did.
        bool isBottleneck = tensors.Has($"{block}.conv3.weight");
        int steps = isBottleneck ? 2 : 1;
        int last = isBottleneck ? 3 : 2;
        string value = input;
        for (int i = 1; i <= last; i++)
        {
            value = nodes.ConvolutionAndNorm($"{block}.conv{i}", $"{block}.bn{i}", value, i == steps ? stride : 1);
            value = i < last ? nodes.Relu($"{block}.conv{i}", $"{block}.relu{i}", value) : value;
        }

        string sum = nodes.Add($"{block}.add", "add", new Add(), [value, Shortcut(block, input, value, stride)], layer: block);
        return nodes.Relu(block, $"{block}.relu", sum);
    }

    private string Shortcut(string block, string input, string value, int stride)
    {
        if (Array.Find(ShortcutNames, name => tensors.Has($"{block}.{name}.0.weight")) is { } named)
        {
            return nodes.ConvolutionAndNorm($"{block}.{named}.0", $"{block}.{named}.1", input, stride);
        }

        string module = PaddingModule(block);
        if (stride != 1)
        {
            input = nodes.Add($"{module}.step", "shortcut", new MaxPool(Extent.Square(1), Extent.Square(stride), default), input, layer: module);
        }

        int missing = nodes.ShapeOf(value).Channels - nodes.ShapeOf(input).Channels;
        return missing == 0 && !facts.ContainsKey(module)
            ? input
            : nodes.Add($"{module}.pad", "shortcut", PaddingOf(module, missing), input, layer: module);
    }

    /// <summary>As many channels of zeros on both sides, unless the file tells otherwise: pruning leaves them uneven.</summary>
    private ChannelPadding PaddingOf(string module, int missing)
    {
        if (missing < 0)
        {
            throw new TorchFileException($"block '{module}' gives {-missing} channels less than it takes, and has no tensors that would bring them together.");
        }

        if (!facts.TryGetValue(module, out ImmutableArray<long> told))
        {
            return new ChannelPadding(missing / 2, missing - (missing / 2));
        }

        return told is [>= 0 and var before, >= 0 and var after] && before <= missing && after == missing - before
            ? new ChannelPadding((int)before, (int)after)
            : throw new TorchFileException($"'{module}' is told to have {string.Join(" and ", told)} channels of zeros before and behind; together they must be {missing}.");
    }
}
