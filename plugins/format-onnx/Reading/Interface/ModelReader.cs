using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Decoding;
using PluginPrune.FormatOnnx.Reading.Files;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Interface;

/// <summary>Makes a network of a file: its graph, and what its metadata say of pictures, classes and outputs.</summary>
/// <param name="model">What stands in the file.</param>
/// <param name="options">The options of a run.</param>
/// <param name="source">Who asks: whether boxes that the file decodes stay a part of the network, and what takes what is odd and does not stop the work.</param>
internal sealed class ModelReader(StoredModel model, OnnxOptions options, ModelSource source)
{
    private const int OldestOpset = 9;
    private const int NewestOpset = 23;
    private const int OldestLayout = 3;
    private const int NewestLayout = 13;

    private readonly ModelMetadata _metadata = new(model.Metadata, source.Warn);

    /// <exception cref="OnnxFileException">The file is not what it must be.</exception>
    /// <exception cref="NetworkException">It makes no network.</exception>
    public Network Read(string name, ExternalFiles files, CancellationToken cancellationToken)
    {
        int opset = CheckVersions();
        HashSet<string> constants = [.. model.Tensors.Select(static tensor => tensor.Name)];

        // Old files list their tensors among the inputs.
        StoredValue[] taken = [.. model.Inputs.Where(input => !constants.Contains(input.Name))];
        NetworkInput[] inputs = [.. taken.Select(input => InputReader.Read(input, options, _metadata))];
        if (inputs.Length == 0 || model.Outputs.Count == 0)
        {
            throw new OnnxFileException($"its graph has {inputs.Length} inputs and {model.Outputs.Count} outputs; one of each is the least.");
        }

        int? pictures = InputReader.PicturesOf(taken);
        var scope = new GraphScope(model, opset, pictures ?? 1, new TensorLoader(files));
        foreach (NetworkInput input in inputs)
        {
            scope.Set(input.Name, Value.Of(input.Name, input.Shape, OnnxElementType.Float));
            scope.Nodes.Add(input);
        }

        ImmutableArray<Node> nodes = new GraphReader(scope).Read(cancellationToken);
        var network = new Network(name, inputs, nodes, []) { ClassNames = _metadata.ClassNames };
        ImmutableArray<Head> heads = new HeadFinder(network, _metadata).Find([.. scope.Outputs]);
        network = new Network(name, heads.Any(static head => head.Kind == HeadFinder.Boxes) ? inputs.Select(Letterboxed) : Noted(inputs, heads), nodes, heads) { ClassNames = _metadata.ClassNames };
        var facts = new FileFacts([.. scope.Outputs], [.. model.Metadata], model.Nodes.Exists(static node => node.Operation == "BatchNormalization"), pictures);
        if (source.IsWhole)
        {
            return With(network, heads, facts);
        }

        if (DecodedNetwork.OfMaps(network, heads, scope.Outputs) is { } maps)
        {
            return With(maps.Network, maps.Network.Heads, facts with { Form = maps.Form });
        }

        if (heads is [{ Kind: HeadFinder.Boxes } boxes])
        {
            if (DecodedNetwork.Of(network, boxes, scope.Outputs, _metadata, out string why) is { } decoded)
            {
                return With(decoded.Network, decoded.Network.Heads, facts with { Form = decoded.Form });
            }

            heads = [boxes with { Indivisible = $"They are decoded inside the file, in a way that is not known here: {why}" }];
        }

        return With(network, heads, facts);
    }

    private static Network With(Network network, IEnumerable<Head> heads, FileFacts facts) =>
        new(network.Name, network.Inputs, network.Nodes, heads) { ClassNames = network.ClassNames, Annotations = Annotations.None.With(facts) };

    private int CheckVersions()
    {
        if (model.FileVersion is < OldestLayout or > NewestLayout)
        {
            throw new OnnxFileException($"its layout (ir_version) is {model.FileVersion}; {OldestLayout} to {NewestLayout} are read.");
        }

        long opset = model.Opsets.GetValueOrDefault(string.Empty, -1);
        return opset is >= OldestOpset and <= NewestOpset
            ? (int)opset
            : throw new OnnxFileException(opset < 0
                ? "it does not tell the version of ONNX's operators (opset)."
                : $"it is written with opset {opset}; {OldestOpset} to {NewestOpset} are read. onnx.version_converter, or the tool that made it, writes another.");
    }

    // Boxes in pixels of the input come from networks that keep a picture's proportions.
    private NetworkInput Letterboxed(NetworkInput input) =>
        _metadata.PreprocessingOf(input.Name) is null ? input with { Preprocessing = input.Preprocessing with { Resize = ResizeMode.Letterbox } } : input;

    private NetworkInput[] Noted(NetworkInput[] inputs, ImmutableArray<Head> heads)
    {
        if (heads.Any(static head => head.Kind == HeadFinder.Classify) && inputs.All(input => _metadata.PreprocessingOf(input.Name) is null) && options.Mean is null && options.Std is null)
        {
            source.Warn("The file does not tell how pictures become its input; they are scaled to 0..1 and nothing more. Networks for ImageNet mostly want --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225.");
        }

        return inputs;
    }
}
