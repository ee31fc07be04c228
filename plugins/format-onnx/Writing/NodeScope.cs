using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>What is needed to write one operation of a network.</summary>
/// <param name="Graph">Takes the operators.</param>
/// <param name="Name">The node's id.</param>
/// <param name="Values">The values that it reads, in the graph.</param>
/// <param name="Inputs">Their shapes.</param>
/// <param name="Output">The shape of what it gives.</param>
internal sealed record NodeScope(GraphBuilder Graph, string Name, ImmutableArray<string> Values, ImmutableArray<Shape> Inputs, Shape Output)
{
    /// <summary>The first value.</summary>
    public string X => Values[0];

    /// <summary>The shape of the first value.</summary>
    public Shape Input => Inputs[0];

    /// <summary>Adds an operator without settings.</summary>
    public string Emit(string operation, params ImmutableArray<string> inputs) => Graph.Emit($"{Name}.{operation}", operation, inputs);

    /// <summary>Adds an operator with settings.</summary>
    public string Emit(string operation, ImmutableArray<string> inputs, params ImmutableArray<OnnxAttribute> attributes) =>
        Graph.Emit($"{Name}.{operation}", operation, inputs, attributes);

    /// <summary>Adds an operator whose second input is a number.</summary>
    public string Emit(string operation, string value, double number) => Emit(operation, value, Graph.Number(number));

    /// <summary>x * scale + offset, without what would change nothing.</summary>
    public string Linear(string value, double scale, double offset)
    {
        string scaled = scale == 1 ? value : Emit("Mul", value, scale);
        return offset == 0 ? scaled : Emit("Add", scaled, offset);
    }

    /// <summary>The value held between two bounds.</summary>
    public string Clip(string value, double low, double high) => Emit("Clip", value, Graph.Number(low), Graph.Number(high));

    /// <summary>The same elements under another shape; a 0 stands for the extent of the input, -1 for what is left.</summary>
    public string Reshape(string value, params ReadOnlySpan<long> extents) => Emit("Reshape", value, Graph.Integers(extents));

    public string Transpose(string value, params ImmutableArray<int> order) => Emit("Transpose", [value], OnnxAttribute.Of("perm", order));
}
