using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Files;
using PluginPrune.FormatOnnx.Reading.Operators;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>Turns the operators of a file into the nodes of a network.</summary>
/// <param name="scope">The graph; its inputs are known.</param>
internal sealed class GraphReader(GraphScope scope)
{
    private const int ShownNumbers = 8;

    /// <returns>The nodes that the outputs need.</returns>
    public ImmutableArray<Node> Read(CancellationToken cancellationToken)
    {
        foreach (StoredTensor tensor in scope.Model.Tensors)
        {
            scope.Set(tensor.Name, scope.Tensors.Load(tensor));
        }

        foreach (StoredNode node in scope.Model.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(node);
        }

        foreach (string output in scope.Outputs)
        {
            Finish(output);
        }

        return scope.Nodes.For(scope.Outputs);
    }

    private void Read(StoredNode node)
    {
        if (node.Domain.Length > 0)
        {
            throw Fault(node, $"its operators are of '{node.Domain}', not of ONNX. Make the file with standard operators alone.");
        }

        if (node.Outputs.All(static output => output.Length == 0))
        {
            throw Fault(node, "it gives nothing.");
        }

        Operand?[] operands = new Operand?[node.Inputs.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = node.Inputs[i].Length == 0 ? null
                : scope.Find(node.Inputs[i]) ?? throw Fault(node, $"it reads '{node.Inputs[i]}', which nothing before it gives.");
        }

        try
        {
            OperatorInputs.Check(node, operands);
            OperatorReader.Read(new OperatorScope(scope, node, [.. OnePicture.Of(node, operands, scope.Pictures)]));
        }
        catch (OnnxFileException fault) when (!fault.NamesOperator)
        {
            throw Fault(node, fault.Message);
        }
        catch (Exception odd) when (odd is OverflowException or IndexOutOfRangeException or ArgumentException or DivideByZeroException)
        {
            // Extents and indexes of a damaged file come to nothing in many ways.
            throw Fault(node, Misfit(node, operands));
        }
    }

    /// <summary>Gives an output its name where it is another value's, or is read inside too.</summary>
    private void Finish(string output)
    {
        if (scope.Find(output) is not Value value)
        {
            throw new OnnxFileException($"its output '{output}' is {(scope.Find(output) is null ? "given by nothing" : "a constant")}.");
        }

        if (value.Type != OnnxElementType.Float || value.Margin != default)
        {
            throw new OnnxFileException($"its output '{output}' holds {(value.Margin == default ? $"numbers of type {value.Type}" : "a picture with a margin")}; outputs of floats that the network computes are read. Take it out of the graph's outputs.");
        }

        if (value.Id == output && scope.Nodes.Find(output) is null)
        {
            throw new OnnxFileException($"its output '{output}' is its input, and nothing computes it. Take it out of the graph's outputs.");
        }

        if (scope.Nodes.Find(output) is null)
        {
            Operation same = value.IsPlain ? new Identity() : new Reshape(new Shape([.. value.Extents[1..]]));
            scope.Nodes.Add(new Node(output, same, [value.Id], new NodeOrigin(output, "output", null)), new Shape([.. value.Extents[1..]]));
        }
    }

    /// <summary>All that an operator was given, for a person to see what of it is wrong.</summary>
    private static string Misfit(StoredNode node, Operand?[] operands)
    {
        IEnumerable<string> inputs = operands.Select(static operand => operand switch
        {
            null => "nothing",
            Constant { Rank: <= 1, Count: > 0 and <= ShownNumbers } constant => $"the constant [{string.Join(", ", constant.Numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)))}]",
            Constant constant => $"a constant {constant.Describe()}",
            _ => operand.Describe(),
        });
        string[] settings = [.. node.Attributes.Values.OrderBy(static attribute => attribute.Name, StringComparer.Ordinal).Select(static attribute => $"{attribute.Name} {attribute.Describe()}")];
        return $"what it reads ({string.Join(", ", inputs)}) and its settings ({(settings is [] ? "none" : string.Join(", ", settings))}) do not go together, or make more than can be.";
    }

    private OnnxFileException Fault(StoredNode node, string problem) => new($"operator '{node.Label}' ({node.Operation}, opset {scope.Opset}): {problem}", namesOperator: true);
}
