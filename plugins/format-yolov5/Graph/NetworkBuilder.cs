using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>
/// Builds the network of a model's modules. Each layer says by 'f' which layers it reads; what a layer consists of is told by its modules,
/// so that a pruned one is read like any other.
/// </summary>
/// <param name="model">The whole model: 'models.yolo.Model' or what it is called later.</param>
internal sealed class NetworkBuilder(TorchModule model)
{
    // What YOLOv5 is trained and measured with; any multiple of its largest stride will do.
    private const int Size = 640;

    private readonly NodeList _nodes = new(BackboneOf(model));

    /// <exception cref="TorchFileException">A module is of a kind that is not known, or incomplete.</exception>
    /// <exception cref="NetworkException">Shapes do not agree.</exception>
    public Network Build(string name, Action<string> warn)
    {
        TorchModule list = model.Child("model") is { Type.Name: "Sequential" } found
            ? found
            : throw new TorchFileException($"its model ({model.Type}) has no list of layers 'model': it is no detector of YOLOv5.");
        ModuleAt[] layers = [.. list.Children.Select(static pair => new ModuleAt(pair.Key, pair.Value ?? throw new TorchFileException($"layer '{pair.Key}' is None.")))];
        int channels = ChannelsOf(layers);
        NetworkInput input = _nodes.Begin(new NetworkInput(
            "images",
            new Shape(channels, Size, Size),
            new Preprocessing { Order = channels == 1 ? ChannelOrder.Grey : ChannelOrder.Rgb, Resize = ResizeMode.Letterbox }));
        var outputs = new List<string>(layers.Length);
        var builder = new LayerBuilder(_nodes);
        ImmutableArray<Head> heads = [];
        for (int i = 0; i < layers.Length; i++)
        {
            ModuleAt layer = layers[i];
            ImmutableArray<string> inputs = InputsOf(layer, i, outputs, input.Name);
            if (layer.Kind is "Detect")
            {
                heads = i == layers.Length - 1 ? DetectReader.Read(layer, inputs, _nodes, input) : throw layer.Fault("is not the last one");
            }
            else
            {
                outputs.Add(builder.Build(layer, inputs));
            }
        }

        if (heads.IsEmpty)
        {
            throw new TorchFileException($"its last layer is {(layers.Length == 0 ? "missing" : layers[^1].Module.Type.ToString())}; detectors of YOLOv5 end in a Detect.");
        }

        int classes = (int)heads[0].Number("classes", 0);
        return new Network(name, [input], _nodes.Nodes, heads) { ClassNames = Names.Of(model.Attribute("names"), classes, warn) };
    }

    /// <summary>How many layers the description counts to the backbone, where it has a row for each layer.</summary>
    private static int? BackboneOf(TorchModule model) =>
        model.Attribute("yaml") is PickleDictionary yaml && yaml["backbone"] is List<object?> backbone && yaml["head"] is List<object?> head
        && backbone.Count + head.Count == model.Child("model")?.Children.Length ? backbone.Count : null;

    private static int ChannelsOf(ModuleAt[] layers)
    {
        for (ModuleAt? first = layers.Length > 0 ? layers[0] : null; first is { } module; first = module.Children.Select(static child => (ModuleAt?)child).FirstOrDefault())
        {
            if (module.Kind == "Conv2d")
            {
                int channels = module.Tensor("weight", 4).Shape[1] / (layers[0].Kind == "Focus" ? 4 : 1);
                return channels is 1 or 3 ? channels : throw module.Fault($"takes {channels} channels; pictures have 3, or 1 where they are grey");
            }
        }

        throw new TorchFileException("its first layer has no convolution: it is no detector of YOLOv5.");
    }

    private static ImmutableArray<string> InputsOf(ModuleAt layer, int index, List<string> outputs, string input)
    {
        return layer.Module.Attribute("f") switch
        {
            long one => [Resolve(one)],
            List<object?> many when many.Count is > 0 and < 256 && many.All(static from => from is long) => [.. many.Select(from => Resolve((long)from!))],
            _ => throw layer.Fault("does not tell by 'f' which layers it reads"),
        };

        string Resolve(long from)
        {
            long place = from < 0 ? index + from : from;
            return place == -1 && index == 0 ? input
                : place >= 0 && place < index ? outputs[(int)place]
                : throw layer.Fault($"reads layer {from.ToString(CultureInfo.InvariantCulture)}, which does not come before it");
        }
    }
}
