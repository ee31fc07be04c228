using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Files;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>How many inputs an operator cannot do without.</summary>
internal static class OperatorInputs
{
    private static readonly ImmutableDictionary<string, int> Least = new (int Least, string[] Operations)[]
    {
        (0, ["Constant", "RandomNormal", "RandomUniform"]),
        (2, [
            "Conv", "ConvTranspose", "Gemm", "MatMul", "Add", "Sub", "Mul", "Div", "Pow", "Mod", "PRelu", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor", "Reshape",
            "Expand", "Tile", "Gather", "GatherElements", "GatherND", "GridSample", "Compress", "OneHot", "CumSum", "LayerNormalization"]),
        (3, ["Where", "Range", "InstanceNormalization", "GroupNormalization", "ScatterND", "ScatterElements"]),
        (5, ["BatchNormalization"]),
    }.SelectMany(static entry => entry.Operations, static (entry, operation) => KeyValuePair.Create(operation, entry.Least)).ToImmutableDictionary(StringComparer.Ordinal);

    /// <exception cref="OnnxFileException">One of them is missing.</exception>
    public static void Check(StoredNode node, Operand?[] operands)
    {
        int least = Least.GetValueOrDefault(node.Operation, 1);
        int missing = Enumerable.Range(0, least).FirstOrDefault(index => index >= operands.Length || operands[index] is null, -1);
        if (missing >= 0)
        {
            throw new OnnxFileException($"its input {missing} is missing; {node.Operation} reads {least} at least.");
        }

        // Of these every one counts.
        if (node.Operation is "Concat" or "Sum" or "Max" or "Min" or "Mean" && Array.IndexOf(operands, null) is >= 0 and var hole)
        {
            throw new OnnxFileException($"its input {hole} is missing; every input of {node.Operation} must be there.");
        }
    }
}
