using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>
/// Puts operators that are kept into the one form that every version from 13 on reads alike: what were attributes and are inputs
/// now. Reductions keep their axes as an attribute here, and the writer, who knows the version, puts them where they belong.
/// </summary>
internal static class KeptForms
{
    private const int Oldest = 13;
    private const int Newest = 21;

    private static readonly ImmutableArray<string> Softmaxes = ["Softmax", "LogSoftmax", "Hardmax"];
    private static readonly ImmutableArray<string> Changing = ["LayerNormalization", "GroupNormalization", "Gelu", "GridSample", "RMSNormalization", "Trilu"];

    /// <summary>The version that an operator must be written in; null where all will do.</summary>
    public static int? OpsetOf(OperatorScope s, bool isKnown)
    {
        if (isKnown && !Changing.Contains(s.Operation, StringComparer.Ordinal))
        {
            return null;
        }

        return s.Opset is >= Oldest and <= Newest
            ? s.Opset
            : throw s.Fault($"it would be kept as it is, for opset {s.Opset}; files are written for {Oldest} to {Newest}. Make the file anew for one of those.");
    }

    public static (Operand?[] Operands, ImmutableArray<KeptAttribute> Attributes) Modernize(OperatorScope s, Operand?[] operands, ImmutableArray<KeptAttribute> attributes)
    {
        switch (s.Operation)
        {
            case "Clip" when operands.Length == 1:
                return ([operands[0], Number(s.Float("min", float.MinValue)), Number(s.Float("max", float.MaxValue))], []);
            case "Pad" when s.Integers("pads") is { } pads:
                return ([operands[0], Constant.Vector([.. pads]), Number(s.Float("value", 0))], Without(attributes, "pads", "value"));
            case "TopK" when operands.Length == 1:
                return ([operands[0], Constant.Vector(s.Integer("k", 1))], Without(attributes, "k"));
            case "Resize" or "Upsample":
                return Resizes.Modernize(s, operands, attributes);
            case "Cast":
                return (operands, [new KeptAttribute("to") { Integer = (int)CastType(s) }]);
            case var softmax when Softmaxes.Contains(softmax, StringComparer.Ordinal):
                return (operands, [new KeptAttribute("axis") { Integer = SoftmaxAxis(s) }]);
            case var reduction when reduction.StartsWith("Reduce", StringComparison.Ordinal):
                return ([operands[0]], [new KeptAttribute("axes") { Integers = [.. ReducedAxes(s).Select(static axis => (long)axis)] }, new KeptAttribute("keepdims") { Integer = s.Integer("keepdims", 1) }]);
            default:
                return (operands, attributes);
        }
    }

    /// <summary>Which axes a reduction reduces.</summary>
    public static ImmutableArray<int> ReducedAxes(OperatorScope s)
    {
        int rank = s[0]!.Rank;
        long[]? said = s.IntegersAt(1, "axes");
        return said is { Length: > 0 } ? [.. said.Select(axis => Axes.Normalize(axis, rank)).Order()]
            : s.Integer("noop_with_empty_axes", 0) != 0 ? throw s.Fault("it reduces no axis.")
            : [.. Enumerable.Range(0, rank)];
    }

    /// <summary>The type that a cast makes, with one size of floats.</summary>
    public static OnnxElementType CastType(OperatorScope s) => (OnnxElementType)s.Integer("to", 0) switch
    {
        OnnxElementType.Half or OnnxElementType.Double or OnnxElementType.BrainHalf => OnnxElementType.Float,
        var type => type,
    };

    private static long SoftmaxAxis(OperatorScope s)
    {
        int rank = s[0]!.Rank;
        int axis = Axes.Normalize(s.Integer("axis", s.Opset < Oldest ? 1 : -1), rank);

        // Before version 13 all axes from this one on were taken for one.
        return s.Opset >= Oldest || axis == rank - 1
            ? axis
            : throw s.Fault($"it takes several axes of {s[0]!.Describe()} for one, which no version from {Oldest} on does. Make the file anew for opset {Oldest}.");
    }

    private static Constant Number(double value) => Constant.OfNumbers([], OnnxElementType.Float, [value]);

    private static ImmutableArray<KeptAttribute> Without(ImmutableArray<KeptAttribute> attributes, params ReadOnlySpan<string> names)
    {
        var left = ImmutableArray.CreateBuilder<KeptAttribute>();
        foreach (KeptAttribute attribute in attributes)
        {
            if (!names.Contains(attribute.Name))
            {
                left.Add(attribute);
            }
        }

        return left.ToImmutable();
    }
}
