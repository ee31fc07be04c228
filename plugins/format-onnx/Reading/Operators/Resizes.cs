using System.Collections.Immutable;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Maps made larger or smaller.</summary>
internal static class Resizes
{
    private const string Asymmetric = "asymmetric";
    private const string Floor = "floor";

    public static bool TryRead(OperatorScope s)
    {
        if (s[0] is not Value { IsMap: true } || s.Text("mode", "nearest") != "nearest" || s.Find("axes") is not null || ScalesOf(s) is not { } scales)
        {
            return false;
        }

        double factor = scales[2];
        if (scales[0] != 1 || scales[1] != 1 || factor != scales[3] || factor < 1 || factor != Math.Truncate(factor) || factor > ushort.MaxValue || !Repeats(s, (int)factor))
        {
            return false;
        }

        s.Give(new Upsample((int)factor), s.X);
        return true;
    }

    /// <summary>The form of version 11 and later, with factors and not sizes, which would tell the number of pictures.</summary>
    public static (Operand?[] Operands, ImmutableArray<KeptAttribute> Attributes) Modernize(OperatorScope s, Operand?[] operands, ImmutableArray<KeptAttribute> attributes)
    {
        if (s.Find("axes") is not null || ScalesOf(s) is not { } scales)
        {
            throw s.Fault("it resizes by what depends on the picture, or by axes that it names; neither is kept.");
        }

        Operand?[] inputs = [operands[0], null, Constant.OfNumbers([scales.Length], OnnxElementType.Float, scales)];
        return s.Opset >= 11 && s.Operation == "Resize"
            ? (inputs, attributes)
            : (inputs, [
                new KeptAttribute("coordinate_transformation_mode") { Text = Asymmetric },
                new KeptAttribute("mode") { Text = s.Text("mode", "nearest") },
                new KeptAttribute("nearest_mode") { Text = Floor }]);
    }

    /// <summary>The factors along the axes, or null where they are not known.</summary>
    public static double[]? ScalesOf(OperatorScope s)
    {
        int rank = s[0]!.Rank;
        bool isOld = s.Opset < 11 || s.Operation == "Upsample";
        if (isOld && s.Find("scales") is { } attribute)
        {
            return attribute.Floats.Count == rank ? [.. attribute.Floats.Select(static value => (double)value)] : null;
        }

        if (s.ConstantAt(isOld ? 1 : 2) is { Count: > 0 } scales)
        {
            return scales.Count == rank ? scales.Numbers : null;
        }

        return s.ConstantAt(3) is { } sizes && sizes.Count == rank && !isOld && s.Text("keep_aspect_ratio_policy", "stretch") == "stretch"
            ? [.. sizes.Integers.Select((size, axis) => (double)size / s[0]!.Extents[axis])]
            : null;
    }

    /// <summary>Whether the nearest element is always the one that is repeated: for whole factors most ways of rounding say so.</summary>
    private static bool Repeats(OperatorScope s, int factor)
    {
        if (s.Opset < 11 || s.Operation == "Upsample")
        {
            return true;
        }

        string rounding = s.Text("nearest_mode", "round_prefer_floor");
        return s.Text("coordinate_transformation_mode", "half_pixel") switch
        {
            Asymmetric => rounding == Floor || (rounding == "round_prefer_floor" && factor <= 2) || factor == 1,
            "half_pixel" or "pytorch_half_pixel" => rounding is "round_prefer_floor" or "round_prefer_ceil",
            "tf_half_pixel_for_nn" => rounding == Floor,
            _ => false,
        };
    }
}
