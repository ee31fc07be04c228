using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>Collects the operators and constants of a graph and keeps their names apart.</summary>
internal sealed class GraphBuilder
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    /// <param name="name">What the user calls the network.</param>
    /// <param name="reserved">Names of the network's own values.</param>
    /// <param name="opset">The version of the operators.</param>
    /// <param name="isSizeOpen">Whether heights and widths must not stand in the graph.</param>
    public GraphBuilder(string name, IEnumerable<string> reserved, int opset, bool isSizeOpen)
    {
        Graph = new OnnxGraph(name);
        _taken = new HashSet<string>(reserved, StringComparer.Ordinal);
        Opset = opset;
        IsSizeOpen = isSizeOpen;
    }

    public OnnxGraph Graph { get; }

    public int Opset { get; }

    public bool IsSizeOpen { get; }

    /// <summary>Whether tensors and numbers that are added are of half precision.</summary>
    public bool IsHalf { get; set; }

    /// <summary>Adds an operator.</summary>
    /// <param name="name">What its value is named after.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">The values that it reads.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of its value.</returns>
    public string Emit(string name, string operation, ImmutableArray<string> inputs, params ImmutableArray<OnnxAttribute> attributes)
    {
        var node = new OnnxNode(operation, inputs, attributes) { Output = Fresh(name) };
        Graph.Nodes.Add(node);
        return node.Output;
    }

    /// <summary>Adds an operator of several outputs, of which one is read.</summary>
    /// <param name="name">What its value is named after.</param>
    /// <param name="kept">The operator.</param>
    /// <param name="inputs">The values that it reads.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of the output that is read.</returns>
    public string Emit(string name, KeptOperator kept, ImmutableArray<string> inputs, ImmutableArray<OnnxAttribute> attributes)
    {
        var node = new OnnxNode(kept.Operation, inputs, attributes)
        {
            Output = Fresh(name),
            OutputsBefore = Unread(kept.Output),
            OutputsBehind = Unread(kept.Outputs - kept.Output - 1),
        };
        Graph.Nodes.Add(node);
        return node.Output;

        ImmutableArray<string> Unread(int count) => [.. Enumerable.Range(0, count).Select(_ => Fresh($"{name}.unread"))];
    }

    /// <summary>Adds a constant of an operator that is written as it was read.</summary>
    public string Kept(string name, KeptTensor tensor)
    {
        string given = Fresh(name);
        Graph.KeptTensors.Add(new OnnxKeptTensor(given, tensor));
        return given;
    }

    /// <summary>Gives a value the name under which the user knows it.</summary>
    /// <param name="value">A value that an operator gives.</param>
    /// <param name="name">A reserved name.</param>
    /// <returns>Whether that could be: the value is the last one, so nothing reads it under its name so far.</returns>
    public bool TryName(string value, string name)
    {
        if (Graph.Nodes is not [.., var last] || last.Output != value || !_taken.Remove(value))
        {
            return false;
        }

        last.Output = name;
        return true;
    }

    /// <summary>Adds a tensor of the network.</summary>
    /// <param name="name">What it is named after.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="make">Makes it, in single precision, when it is written.</param>
    public string Weights(string name, Shape shape, Func<Tensor> make) => Add(
        IsHalf ? new OnnxTensor(Fresh(name), shape, ElementType.F16, () => HalfPrecision.Of(make())) : new OnnxTensor(Fresh(name), shape, ElementType.F32, make));

    /// <summary>Adds a tensor that must be of single precision, whatever the others are.</summary>
    public string Singles(string name, Tensor tensor) => Add(new OnnxTensor(Fresh(name), tensor.Shape, ElementType.F32, () => Single(tensor)));

    /// <summary>The value in another precision.</summary>
    public string Cast(string name, string value, OnnxElementType type) => Emit(name, "Cast", [value], OnnxAttribute.Of("to", (int)type));

    /// <summary>Adds a tensor of the network as it is.</summary>
    public string Weights(string name, Tensor tensor) => Weights(name, tensor.Shape, () => Single(tensor));

    /// <summary>A single number; equal ones are one constant.</summary>
    public string Number(double value) => Constant(
        string.Create(CultureInfo.InvariantCulture, $"{(IsHalf ? "half" : "number")} {(float)value:R}"),
        IsHalf ? name => new OnnxTensor(name, default, ElementType.F16, () => Tensor.FromHalfs(default, [(Half)value]))
        : name => new OnnxTensor(name, default, ElementType.F32, () => Tensor.FromFloats(default, [(float)value])));

    /// <summary>A single whole number.</summary>
    public string Integer(long value) => Constant(
        string.Create(CultureInfo.InvariantCulture, $"integer {value}"),
        name => new OnnxTensor(name, default, ElementType.I64, () => Tensor.FromIntegers(default, [value])));

    /// <summary>A vector of whole numbers.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        long[] kept = values.ToArray();
        return Constant(
            $"integers {string.Join(' ', kept.Select(static value => value.ToString(CultureInfo.InvariantCulture)))}",
            name => new OnnxTensor(name, new Shape(kept.Length), ElementType.I64, () => Tensor.FromIntegers(new Shape(kept.Length), kept)));
    }

    /// <summary>Whole numbers that are too many to be compared.</summary>
    public string Integers(string name, Shape shape, Func<long[]> make) =>
        Add(new OnnxTensor(Fresh(name), shape, ElementType.I64, () => Tensor.FromIntegers(shape, make())));

    private static Tensor Single(Tensor tensor) => tensor.Type == ElementType.F32 ? tensor : Tensor.FromFloats(tensor.Shape, tensor.Floats.ToArray());

    private string Constant(string key, Func<string, OnnxTensor> make)
    {
        if (!_constants.TryGetValue(key, out string? name))
        {
            _constants.Add(key, name = Add(make(Fresh(key))));
        }

        return name;
    }

    private string Add(OnnxTensor tensor)
    {
        Graph.Tensors.Add(tensor);
        return tensor.Name;
    }

    private string Fresh(string name)
    {
        string candidate = name;
        for (int number = 2; !_taken.Add(candidate); number++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
        }

        return candidate;
    }
}
