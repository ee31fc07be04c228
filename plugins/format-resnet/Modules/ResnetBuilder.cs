using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatResnet.Modules;

/// <summary>
/// Builds a residual network (He et al. 2016) from its tensors: a stem of 7 x 7 with a max pool (ImageNet) or of 3 x 3 (CIFAR), stages
/// 'layer1', 'layer2' ... of blocks of two or three convolutions, the mean of all places, a linear layer. Widths may be any.
/// </summary>
internal sealed class ResnetBuilder(TensorSet tensors, ImmutableSortedDictionary<string, ImmutableArray<long>> facts, ResnetOptions options)
{
    private const string InputName = "input";
    private const int CifarSize = 32;
    private const int ImageNetSize = 224;

    private static readonly string[] LinearNames = ["fc", "linear"];

    private readonly NodeList _nodes = new(tensors);

    public Network Build(string name, ResnetFile file)
    {
        Tensor stem = tensors.Take("conv1.weight", 4);
        bool isImageNet = stem.Shape[2] > 3;
        int size = isImageNet ? ImageNetSize : CifarSize;
        int channels = stem.Shape[1];
        if (channels is not (1 or 3))
        {
            throw new TorchFileException($"its first convolution takes {channels} channels; pictures have 3, or 1 where they are grey.");
        }

        NetworkInput input = _nodes.Begin(new NetworkInput(InputName, new Shape(channels, size, size), PixelNumbers.Of(options, channels)));
        string value = _nodes.Relu("conv1", "relu", _nodes.ConvolutionAndNorm("conv1", "bn1", input.Name, stride: isImageNet ? 2 : 1));
        if (isImageNet)
        {
            value = _nodes.Add("maxpool", "maxpool", new MaxPool(Extent.Square(3), Extent.Square(2), Padding.Same(1)), value);
        }

        var blocks = new BlockBuilder(tensors, _nodes, facts);
        for (int stage = 1; tensors.NumbersUnder($"layer{stage}") is { Length: > 0 } numbers; stage++)
        {
            foreach (int number in numbers)
            {
                // The first block of a stage halves the map, in the first stage none does.
                value = blocks.Build($"layer{stage}.{number}", value, stride: stage > 1 && number == 0 ? 2 : 1);
            }
        }

        value = _nodes.Add("avgpool", "avgpool", new GlobalAveragePool(), value);
        value = _nodes.Add("flatten", "flatten", new Flatten(), value, layer: "avgpool");
        string linear = Array.Find(LinearNames, known => tensors.Has($"{known}.weight")) ?? LinearNames[0];
        value = _nodes.Linear(linear, value);
        return new Network(name, [input], _nodes.Nodes, [HeadOf(value, linear)]) { Annotations = Annotations.None.With(file) };
    }

    private Head HeadOf(string value, string linear) => new(
        "classify",
        "classify",
        value,
        ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [_nodes.ShapeOf(value).Channels]),
        new NodeOrigin(linear, "classify", null));
}
