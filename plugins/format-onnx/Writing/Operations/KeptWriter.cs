using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Writes operators that were read and stayed what they were.</summary>
internal static class KeptWriter
{
    // From these versions on the axes of a reduction are an input; before them they are an attribute.
    private const int SumsAxesAreInput = 13;
    private const int AxesAreInput = 18;

    public static string Write(KeptOperator kept, NodeScope s)
    {
        var inputs = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < kept.Inputs.Length; i++)
        {
            KeptInput input = kept.Inputs[i];
            inputs.Add(input.Value is { } value ? s.Values[value]
                : input.Constant is { } tensor ? s.Graph.Kept(FormattableString.Invariant($"{s.Name}.constant {i}"), tensor)
                : string.Empty);
        }

        var attributes = ImmutableArray.CreateBuilder<OnnxAttribute>();
        foreach (KeptAttribute attribute in kept.Attributes)
        {
            if (attribute is { Name: "axes", Integers: { } axes } && AreInput(kept.Operation, s.Graph.Opset))
            {
                inputs.Add(s.Graph.Integers(axes.AsSpan()));
            }
            else
            {
                attributes.Add(Attribute(attribute));
            }
        }

        return s.Graph.Emit($"{s.Name}.{kept.Operation}", kept, inputs.ToImmutable(), attributes.ToImmutable());
    }

    /// <summary>Says what keeps an operator from being written here, or null.</summary>
    /// <param name="node">An opaque node.</param>
    /// <param name="shapes">The shapes of what it reads now.</param>
    /// <param name="opset">The version of the operators.</param>
    public static string? FindFault(Node node, IReadOnlyList<Shape> shapes, int opset) => node.Annotations.Find<KeptOperator>() switch
    {
        null => $"no ONNX operator says its operation, {node.Operation.Name}.",
        { Opset: { } wanted } kept when wanted != opset => $"{kept.Operation} is kept as it was read, for opset {wanted}; write that with --opset {wanted}.",
        { } kept when !kept.Shapes.SequenceEqual(shapes) => $"{kept.Operation} is kept as it was read, for {string.Join(" and ", kept.Shapes)}; it would get {string.Join(" and ", shapes)}.",
        _ => null,
    };

    private static bool AreInput(string operation, int opset) =>
        operation.StartsWith("Reduce", StringComparison.Ordinal) && opset >= (operation == "ReduceSum" ? SumsAxesAreInput : AxesAreInput);

    private static OnnxAttribute Attribute(KeptAttribute attribute) => attribute switch
    {
        { Float: { } number } => OnnxAttribute.Of(attribute.Name, number),
        { Integer: { } integer } => OnnxAttribute.Of(attribute.Name, integer),
        { Text: { } text } => OnnxAttribute.Of(attribute.Name, text),
        { Floats: { } numbers } => OnnxAttribute.OfFloats(attribute.Name, numbers),
        _ => OnnxAttribute.OfIntegers(attribute.Name, attribute.Integers ?? []),
    };
}
