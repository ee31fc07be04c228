using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Files;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Operators that stay what they are: opaque nodes with all that is needed to write them again.</summary>
internal static class KeptOperators
{
    private const string Suppression = "NonMaxSuppression";

    // Of these no extent is known before the network runs, whatever a file says of them.
    private static readonly ImmutableArray<string> Open = [Suppression, "NonZero", "Unique", "Compress"];

    /// <summary>Keeps an operator.</summary>
    /// <exception cref="OnnxFileException">Its outputs are not known, or it cannot be said in the versions that are written.</exception>
    public static void Read(OperatorScope s)
    {
        if (s.Node.Attributes.Values.FirstOrDefault(static attribute => attribute.IsOther || attribute.Tensor is not null) is { } odd)
        {
            throw s.Fault($"its {odd.Name} is a graph, a tensor or a list of those; such operators are not read.");
        }

        if (Open.Contains(s.Operation, StringComparer.Ordinal))
        {
            throw s.Fault($"how much it gives depends on the picture, which is not read. Make the file anew without it{(s.Operation == Suppression ? ", with all boxes and no suppression of overlapping ones ('host convert' without --nms)" : string.Empty)}.");
        }

        Operand?[] operands = [.. Enumerable.Range(0, s.Inputs).Select(index => s[index] is Value ? s.ValueAt(index) : s[index])];
        ImmutableArray<KeptAttribute> attributes = [.. s.Node.Attributes.Values.OrderBy(static attribute => attribute.Name, StringComparer.Ordinal).Select(Keep)];
        (operands, attributes) = KeptForms.Modernize(s, operands, attributes);
        if (KeptShapes.Infer(s, operands) is { } outputs)
        {
            Give(s, s.Operation == "Upsample" ? "Resize" : s.Operation, operands, attributes, outputs, KeptForms.OpsetOf(s, isKnown: true));
            return;
        }

        Give(s, s.Operation, operands, attributes, [.. s.Node.Outputs.Select(output => Declared(s, output))], KeptForms.OpsetOf(s, isKnown: false));
    }

    /// <summary>Keeps a slice, in the form that all versions from 10 on have.</summary>
    public static void GiveSlice(OperatorScope s, int output, Value x, ImmutableArray<(int Axis, int Start, int Length, int Step)> ranges)
    {
        int[] extents = [.. x.Extents];
        foreach ((int axis, _, int length, _) in ranges)
        {
            extents[axis] = axis > 0 && length > 0 ? length : throw s.Fault($"it takes {length} of axis {axis} of {x.Describe()}; a part of the pictures, or nothing at all, is not kept.");
        }

        // Before the first element, where a slice goes backwards to the front, only a number far below 0 can stand.
        Operand[] operands =
        [
            x,
            Constant.Vector([.. ranges.Select(static range => (long)range.Start)]),
            Constant.Vector([.. ranges.Select(static range => range.Start + ((long)range.Length * range.Step)).Select(static end => end < 0 ? int.MinValue : end)]),
            Constant.Vector([.. ranges.Select(static range => (long)range.Axis)]),
            Constant.Vector([.. ranges.Select(static range => (long)range.Step)]),
        ];
        Give(s, output, new KeptOutput([.. extents], x.Type), 1, "Slice", operands, [], opset: null, new SliceRanges(ranges));
    }

    private static void Give(OperatorScope s, string operation, Operand?[] operands, ImmutableArray<KeptAttribute> attributes, ImmutableArray<KeptOutput> outputs, int? opset)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            Give(s, i, outputs[i], outputs.Length, operation, operands, attributes, opset, ranges: null);
        }
    }

    private static void Give(
        OperatorScope s, int output, KeptOutput made, int outputs, string operation, Operand?[] operands, ImmutableArray<KeptAttribute> attributes, int? opset, SliceRanges? ranges)
    {
        int place = ranges is null ? output : 0;
        if (output >= s.Node.Outputs.Length || s.Node.Outputs[output].Length == 0 || !s.Graph.IsRead(s.Node.Outputs[output]))
        {
            return;
        }

        if (made.Extents is not [1, _, ..])
        {
            throw s.Fault($"it gives [{string.Join(", ", made.Extents)}]: the first axis must be that of the pictures, with another behind it.");
        }

        // Infinite ones bound and mask what is computed; what is no number spoils it.
        if (operands.OfType<Constant>().FirstOrDefault(static constant => constant.IsFloating && Array.Exists(constant.Numbers, double.IsNaN)) is { } spoilt)
        {
            throw s.Fault($"its constant {spoilt.Describe()} holds what is no number (NaN): the training diverged, or the file is damaged.");
        }

        Value[] values = [.. operands.OfType<Value>()];
        int next = 0;
        KeptInput[] inputs = [.. operands.Select(operand => operand switch
        {
            Value => new KeptInput(next++, null),
            Constant constant => new KeptInput(null, KeptTensor.Of(constant)),
            _ => default,
        })];
        var kept = new KeptOperator(operation, attributes, [.. inputs], place, outputs, [.. values.Select(static value => value.Shape)]) { Opset = opset };
        var opaque = new Opaque(operation, new Shape([.. made.Extents[1..]]), Parameters(operation, operands));
        Annotations annotations = Annotations.None.With(kept);
        s.GiveAt(output, opaque, made.Type, ranges is null ? annotations : annotations.With(ranges), values);
    }

    // What such operators multiply by was learned; what others add or compare with mostly was not.
    private static ImmutableArray<NamedTensor> Parameters(string operation, Operand?[] operands) =>
        operation is "Conv" or "ConvTranspose" or "MatMul" or "Gemm" or "PRelu" or "InstanceNormalization" or "LayerNormalization" or "GroupNormalization"
            ? [.. operands.OfType<Constant>().Where(static constant => constant.IsFloating && constant.Count > 0).Select(static (constant, i) => new NamedTensor(i == 0 ? "weight" : "bias", constant.ToTensor()))]
            : [];

    private static KeptAttribute Keep(StoredAttribute attribute) => attribute switch
    {
        { Float: { } number } => new KeptAttribute(attribute.Name) { Float = number },
        { Integer: { } integer } => new KeptAttribute(attribute.Name) { Integer = integer },
        { Text: { } text } => new KeptAttribute(attribute.Name) { Text = text },
        { Floats.Count: > 0 } => new KeptAttribute(attribute.Name) { Floats = [.. attribute.Floats.Select(static value => (double)value)] },
        _ => new KeptAttribute(attribute.Name) { Integers = [.. attribute.Integers] },
    };

    private static KeptOutput Declared(OperatorScope s, string output)
    {
        StoredValue? said = s.Graph.Model.Values.GetValueOrDefault(output) ?? s.Graph.Model.Outputs.FirstOrDefault(value => value.Name == output);
        if (said is { Type: { } type, Extents: { } extents } && extents.Skip(1).All(static extent => extent.Number is > 0 and <= int.MaxValue))
        {
            // The axis of the pictures may be open.
            return new KeptOutput([.. extents.Select((extent, i) => i > 0 ? (int)extent.Number! : extent.Number is { } pictures && pictures != s.Graph.Pictures ? (int)Math.Clamp(pictures, 0, int.MaxValue) : 1)], type);
        }

        throw s.Fault(output.Length > 0 && said is not null
            ? $"it is not known here, and the file says of its output '{output}' that it is {said.Describe()}: it can be kept only where all extents are told. Make the file anew without it, for instance without the suppression of boxes."
            : $"it is not known here, and the file does not tell the shape of its output '{output}'. Run the file through onnx.shape_inference, or make it anew without the operator.");
    }
}
