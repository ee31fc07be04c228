using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Files;
using PluginPrune.Shared.Tensors;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>One operator of the file that is being read: what it reads, its settings, and where what it gives is put.</summary>
internal sealed class OperatorScope
{
    private readonly ImmutableArray<Operand?> _operands;
    private readonly NodeOrigin _origin;

    public OperatorScope(GraphScope graph, StoredNode node, ImmutableArray<Operand?> operands)
    {
        Graph = graph;
        Node = node;
        _operands = operands;
        _origin = graph.OriginOf(node);
    }

    public GraphScope Graph { get; }

    public StoredNode Node { get; }

    public string Operation => Node.Operation;

    public int Opset => Graph.Opset;

    public int Inputs => _operands.Length;

    /// <summary>The first input, as a value of the network.</summary>
    public Value X => ValueAt(0);

    /// <summary>An input as the file has it; null where it is left out.</summary>
    public Operand? this[int index] => index < _operands.Length ? _operands[index] : null;

    /// <summary>An input that is a constant, or null.</summary>
    public Constant? ConstantAt(int index) => this[index] as Constant;

    /// <summary>An input as a value of the network that holds all that the file promises.</summary>
    /// <exception cref="OnnxFileException">It is left out, or a constant.</exception>
    public Value ValueAt(int index) => this[index] is Value value ? Margins.MakePlain(this, value) : throw Fault($"input {index} is {(this[index] is null ? "missing" : "a constant")}.");

    /// <summary>A setting that is a whole number.</summary>
    /// <exception cref="OnnxFileException">It is something else.</exception>
    public long Integer(string name, long otherwise) => Find(name) is { } said ? said.Integer ?? throw Mistyped(said, "a whole number") : otherwise;

    /// <summary>A setting that is a number.</summary>
    /// <exception cref="OnnxFileException">It is something else.</exception>
    /// <remarks>Files hold single precision: 0.1 stands there as 0.100000001, and is 0.1 here, as other formats and the engines have it.</remarks>
    public double Float(string name, double otherwise) => Find(name) is { } said ? Decimals.Of(said.Float ?? throw Mistyped(said, "a floating-point number")) : otherwise;

    /// <summary>A setting that is a text.</summary>
    /// <exception cref="OnnxFileException">It is something else.</exception>
    public string Text(string name, string otherwise) => Find(name) is { } said ? said.Text ?? throw Mistyped(said, "a text") : otherwise;

    /// <summary>A list of whole numbers, or null where there is none.</summary>
    /// <exception cref="OnnxFileException">It is something else.</exception>
    public List<long>? Integers(string name) => Find(name) is not { } said ? null
        : said is { Integer: null, Float: null, Text: null, Tensor: null, IsOther: false, Floats.Count: 0 } ? said.Integers
        : throw Mistyped(said, "a list of whole numbers");

    public StoredAttribute? Find(string name) => Node.Attributes.GetValueOrDefault(name);

    /// <summary>Whole numbers that are an input in later versions of an operator and were an attribute before; null where neither is there.</summary>
    /// <exception cref="OnnxFileException">They are computed while the network runs.</exception>
    public long[]? IntegersAt(int index, string attribute) => this[index] switch
    {
        Constant constant => constant.Integers,
        Value => throw Fault($"what stands at its input {index} depends on the picture; it must be a constant."),
        _ => Integers(attribute)?.ToArray(),
    };

    /// <summary>Whether one of its inputs is read by it alone, and is no output.</summary>
    public bool ReadsAlone(int index) => Graph.IsReadOnce(Node.Inputs[index]);

    /// <summary>Says what an output stands for.</summary>
    public void Give(Operand operand, int output = 0)
    {
        if (output < Node.Outputs.Length && Node.Outputs[output].Length > 0)
        {
            Graph.Set(Node.Outputs[output], operand);
        }
    }

    /// <summary>Adds the node that gives an output.</summary>
    public void Give(Operation operation, params ReadOnlySpan<Value> inputs) => Give(Add(Graph.IdOf(Node.Outputs[0]), operation, Annotations.None, inputs));

    /// <summary>Adds the node that gives an output, which does what a node before it did and something more.</summary>
    /// <param name="before">The node before.</param>
    /// <param name="operation">What it did, and more.</param>
    /// <param name="value">What it gave.</param>
    public void GiveInPlaceOf(Node before, Operation operation, Value value)
    {
        CheckNumbers(operation);
        string id = Graph.IdOf(Node.Outputs[0]);
        Graph.Nodes.Add(before with { Id = id, Operation = operation }, value.Shape);
        Give(value with { Id = id });
    }

    /// <summary>Adds the node that gives one of several outputs.</summary>
    public void GiveAt(int output, Operation operation, params ReadOnlySpan<Value> inputs)
    {
        if (output < Node.Outputs.Length && Node.Outputs[output].Length > 0)
        {
            Give(Add(Graph.IdOf(Node.Outputs[output]), operation, Annotations.None, inputs), output);
        }
    }

    /// <summary>Adds the node that gives one of several outputs, of a type of its own.</summary>
    public void GiveAt(int output, Operation operation, OnnxElementType type, Annotations annotations, params ReadOnlySpan<Value> inputs) =>
        Give(Add(Graph.IdOf(Node.Outputs[output]), operation, annotations, inputs) with { Type = type }, output);

    /// <summary>Adds a node on the way to what the operator gives.</summary>
    public Value Emit(string purpose, Operation operation, params ReadOnlySpan<Value> inputs) =>
        Add(Graph.Nodes.Fresh($"{Node.Outputs[0]}.{purpose}"), operation, Annotations.None, inputs);

    /// <summary>The node that computes a value, or null where it is an input of the network.</summary>
    public Node? NodeOf(Value value) => Graph.Nodes.Find(value.Id);

    /// <summary>Says what is wrong, and with which operator.</summary>
    public OnnxFileException Fault(string problem) => new($"operator '{Node.Label}' ({Operation}, opset {Opset}): {problem}", namesOperator: true);

    // Of a float without a fraction its digits do not tell what is wrong.
    private OnnxFileException Mistyped(StoredAttribute said, string wanted) => Fault($"its {said.Name} is {(said.Float is null ? string.Empty : "the float ")}{said.Describe()}; {wanted} was wanted.");

    private Value Add(string id, Operation operation, Annotations annotations, ReadOnlySpan<Value> inputs)
    {
        Shape[] shapes = new Shape[inputs.Length];
        string[] names = new string[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            (shapes[i], names[i]) = (inputs[i].Shape, inputs[i].Id);
        }

        CheckNumbers(operation);

        try
        {
            Shape shape = operation.InferShape(shapes);
            Graph.Nodes.Add(new Node(id, operation, [.. names], OriginOf(operation, names)) { Annotations = annotations }, shape);
            return Value.Of(id, shape, inputs.Length > 0 ? inputs[0].Type : OnnxElementType.Float);
        }
        catch (Exception fault) when (fault is ShapeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw Fault(fault is ShapeException ? fault.Message : "its output would be empty or hold more than 2^31 elements.");
        }
    }

    /// <exception cref="OnnxFileException">What it computes with are no numbers, or whole ones.</exception>
    private void CheckNumbers(Operation operation)
    {
        if (operation is Convolution or Linear or BatchNorm)
        {
            if (operation.Tensors.FirstOrDefault(static tensor => tensor.Tensor.Type == ElementType.I64) is { } whole)
            {
                throw Fault($"its {whole.Role} holds whole numbers; floats were wanted.");
            }

            if (operation.Tensors.FirstOrDefault(static tensor => !FiniteNumbers.AreAll(tensor.Tensor)) is { } infinite)
            {
                throw Fault($"a number of its {infinite.Role} is not finite: the training diverged, or half precision was too small for it.");
            }
        }

        double[] settings = operation switch
        {
            Activation { Kind: ActivationKind.LeakyRelu } activation => [activation.Slope],
            CenterCrop affine => [affine.Scale, affine.Offset],
            _ => [],
        };
        if (!Array.TrueForAll(settings, double.IsFinite))
        {
            throw Fault($"it computes with {settings.First(static number => !double.IsFinite(number)).ToString(CultureInfo.InvariantCulture)}, which is no finite number.");
        }
    }

    // A batch norm or an activation is part of the layer whose result it takes, as people speak of layers.
    private NodeOrigin OriginOf(Operation operation, string[] inputs) =>
        operation is BatchNorm or Activation && Graph.Nodes.Find(inputs[0]) is { Operation: Convolution or Linear or BatchNorm } layer ? layer.Origin : _origin;
}
