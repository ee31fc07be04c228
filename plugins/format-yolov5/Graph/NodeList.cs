using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>The nodes of a network that is being built, with their shapes.</summary>
/// <param name="backbone">How many of the model's layers are its backbone; the others are its head. Null where its description does not tell.</param>
internal sealed class NodeList(int? backbone = null)
{
    // A list of modules may name one module a million times.
    private const int Most = 20_000;

    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);

    public IReadOnlyList<Node> Nodes => _nodes;

    public NetworkInput Begin(NetworkInput input)
    {
        _shapes.Add(input.Name, input.Shape);
        return input;
    }

    public Shape ShapeOf(string value) => _shapes[value];

    /// <summary>Adds a node.</summary>
    /// <param name="module">The module that it comes from; the node's layer.</param>
    /// <param name="id">Its id.</param>
    /// <param name="operation">What it computes.</param>
    /// <param name="inputs">What it reads.</param>
    /// <returns>Its id.</returns>
    public string Add(ModuleAt module, string id, Operation operation, params ImmutableArray<string> inputs) => Add(module, id, operation, inputs, Annotations.None);

    /// <summary>Adds a node whose tensors are those of a module.</summary>
    /// <param name="module">The node's layer.</param>
    /// <param name="holder">The module with the tensors; its path is the node's id.</param>
    /// <param name="operation">What it computes.</param>
    /// <param name="inputs">What it reads.</param>
    /// <returns>Its id.</returns>
    public string AddHeld(ModuleAt module, ModuleAt holder, Operation operation, params ImmutableArray<string> inputs) =>
        Add(module, holder.Path, operation, inputs, Annotations.None.With(new ModulePath(holder.Path)));

    private string? PartOf(string path) => backbone is { } count && int.TryParse(path.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
        ? layer < count ? "backbone" : "head"
        : null;

    private string Add(ModuleAt module, string id, Operation operation, ImmutableArray<string> inputs, Annotations annotations)
    {
        if (_nodes.Count == Most)
        {
            throw new TorchFileException($"it computes more than {Most:N0} things; no network does.");
        }

        var node = new Node(id, operation, inputs, new NodeOrigin(module.Path, module.Kind, null) { Part = PartOf(module.Path) }) { Annotations = annotations };
        try
        {
            if (!_shapes.TryAdd(id, operation.InferShape([.. inputs.Select(input => _shapes[input])])))
            {
                throw new TorchFileException($"it has two modules '{id}': the file is damaged.");
            }
        }
        catch (Exception fault) when (fault is ShapeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new NetworkException($"{node}: {(fault is ShapeException ? fault.Message : "its output would be empty or hold more than 2^31 elements.")}", node);
        }

        _nodes.Add(node);
        return id;
    }
}
