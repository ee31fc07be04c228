using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Files;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>What is known of a graph while its operators are read one after the other.</summary>
internal sealed class GraphScope
{
    private readonly Dictionary<string, Operand> _operands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _reads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _layers = new(StringComparer.Ordinal);

    public GraphScope(StoredModel model, int opset, int pictures, TensorLoader tensors)
    {
        Model = model;
        Opset = opset;
        Pictures = pictures;
        Tensors = tensors;
        Nodes = new NodeList(model.Nodes.SelectMany(static node => node.Outputs).Concat(model.Inputs.Select(static input => input.Name)));
        _outputs = [.. model.Outputs.Select(static output => output.Name)];
        foreach (string input in model.Nodes.SelectMany(static node => node.Inputs))
        {
            _reads[input] = _reads.GetValueOrDefault(input) + 1;
        }
    }

    public StoredModel Model { get; }

    /// <summary>The version of the standard operators.</summary>
    public int Opset { get; }

    /// <summary>
    /// How many pictures the file takes at once, 1 where that is open. A network is read for one of them: of a value's extents the
    /// first is 1, whatever the file has there.
    /// </summary>
    public int Pictures { get; }

    public TensorLoader Tensors { get; }

    public NodeList Nodes { get; }

    public ConstantMath Math { get; } = new();

    public Operand? Find(string name) => _operands.GetValueOrDefault(name);

    /// <summary>Makes known what a name of the file stands for.</summary>
    /// <exception cref="OnnxFileException">It stands for something else already.</exception>
    public void Set(string name, Operand operand)
    {
        if (!_operands.TryAdd(name, operand))
        {
            throw new OnnxFileException($"'{name}' is given twice.");
        }
    }

    /// <summary>Whether one operator alone reads a value of the file, once, and it is no output.</summary>
    public bool IsReadOnce(string name) => !_outputs.Contains(name) && _reads.GetValueOrDefault(name) == 1;

    /// <summary>Whether anything reads a value of the file, or it is an output.</summary>
    public bool IsRead(string name) => _outputs.Contains(name) || _reads.ContainsKey(name);

    /// <summary>
    /// The id of the node that gives a value of the file: its name. An output that is read too is named apart, since what leaves
    /// a network is what nothing reads.
    /// </summary>
    public string IdOf(string output) => _outputs.Contains(output) && _reads.ContainsKey(output) ? Nodes.Fresh($"{output}.value") : output;

    /// <summary>What the user calls the operator: its name where no other has it.</summary>
    public NodeOrigin OriginOf(StoredNode node) =>
        new(_layers.Add(node.Label) ? node.Label : node.Outputs.FirstOrDefault(static output => output.Length > 0) ?? node.Label, node.Operation, null);

    /// <summary>The names of the values that leave the graph.</summary>
    public ImmutableArray<string> Outputs => [.. Model.Outputs.Select(static output => output.Name)];
}
