using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Sums and products of values, and of values with constants.</summary>
internal static class Elementwise
{
    public static bool TryRead(OperatorScope s)
    {
        if (s.Operation == "Pow")
        {
            return TryReadSquare(s);
        }

        return (s[0], s[1]) switch
        {
            (Value left, Value right) when left.Type == OnnxElementType.Float && right.Type == OnnxElementType.Float => TryReadValues(s, left, right),
            (Value value, Constant constant) when s.Inputs == 2 => TryReadConstant(s, value, 0, constant, isFirst: false),
            (Constant constant, Value value) when s.Inputs == 2 => TryReadConstant(s, value, 1, constant, isFirst: true),
            _ => false,
        };
    }

    /// <summary>x * scale + offset as an operation that channels pass through, or null where there is none for such a value.</summary>
    public static Operation? AffineOf(Value x, double scale, double offset) => x.Shape.Rank switch
    {
        3 => new CenterCrop(new Extent(x.Shape.Height, x.Shape.Width)) { Scale = scale, Offset = offset },
        1 => PerChannel([.. Enumerable.Repeat(scale, x.Shape.Channels)], [.. Enumerable.Repeat(offset, x.Shape.Channels)]),
        _ => null,
    };

    private static bool TryReadValues(OperatorScope s, Value left, Value right)
    {
        switch (s.Operation)
        {
            case "Add" or "Sum":
                if (Enumerable.Range(0, s.Inputs).Any(index => s[index] is not Value other || other.Extents.AsSpan().SequenceEqual(left.Extents.AsSpan()) is false))
                {
                    return false;
                }

                s.Give(new Add(), [.. Enumerable.Range(0, s.Inputs).Select(s.ValueAt)]);
                return true;
            case "Mul":
                return TryReadProduct(s, left, right);
            default:
                return false;
        }
    }

    private static bool TryReadProduct(OperatorScope s, Value left, Value right)
    {
        if (Patterns.GatedOf(s, left, right) is { } gated)
        {
            s.Give(gated.Operation, gated.X);
            return true;
        }

        bool isEqual = left.Extents.AsSpan().SequenceEqual(right.Extents.AsSpan());
        if (isEqual)
        {
            s.Give(new Multiply(), s.ValueAt(0), s.ValueAt(1));
            return true;
        }

        // One factor for each channel, or for each place.
        if (left.IsMap && right.IsMap && (IsFactor(left, right) || IsFactor(right, left)))
        {
            (int value, int factor) = IsFactor(left, right) ? (0, 1) : (1, 0);
            var of = (Value)s[factor]!;
            s.Give(new Multiply(), s.ValueAt(value), of.Margin == default ? of : s.ValueAt(factor));
            return true;
        }

        return false;
    }

    private static bool IsFactor(Value value, Value factor) =>
        (factor.Extents[1] == value.Extents[1] && factor.Extents[2] == 1 && factor.Extents[3] == 1)
        || (factor.Extents[1] == 1 && factor.Extents[2] == value.Extents[2] && factor.Extents[3] == value.Extents[3]);

    private static bool TryReadSquare(OperatorScope s)
    {
        if (s[0] is not Value { Type: OnnxElementType.Float } || s.ConstantAt(1) is not { Count: 1 } power || power.Numbers[0] is not (1 or 2) || power.Rank > s[0]!.Rank)
        {
            return false;
        }

        if (power.Numbers[0] == 1)
        {
            s.Give(s.X);
        }
        else
        {
            s.Give(new Multiply(), s.X, s.X);
        }

        return true;
    }

    private static bool TryReadConstant(OperatorScope s, Value value, int index, Constant constant, bool isFirst)
    {
        // A constant by which all is divided is a factor; one that is divided is not.
        if (!constant.IsFloating || value.Type != OnnxElementType.Float || constant.Rank > value.Rank || (isFirst && s.Operation == "Div"))
        {
            return false;
        }

        bool isScalar = constant.Count == 1;
        if (!isScalar && !IsPerChannel(value, constant))
        {
            return false;
        }

        double[] numbers = constant.Numbers;
        double[] scales = [.. numbers.Select(number => s.Operation switch { "Mul" => number, "Div" => 1 / number, "Sub" when isFirst => -1, _ => 1 })];
        double[] offsets = [.. numbers.Select(number => s.Operation switch { "Add" => number, "Sub" => isFirst ? number : -number, _ => 0 })];
        if (Array.TrueForAll(scales, static scale => scale == 1) && Array.TrueForAll(offsets, static offset => offset == 0))
        {
            s.Give(value);
            return true;
        }

        Value x = s.ValueAt(index);
        if (isScalar)
        {
            return TryGiveAffine(s, x, scales[0], offsets[0]);
        }

        if (Array.TrueForAll(scales, static scale => scale == 1) && s.ReadsAlone(index) && s.NodeOf(x) is { } layer && WithBias(layer.Operation, offsets) is { } biased)
        {
            s.GiveInPlaceOf(layer, biased, x);
            return true;
        }

        s.Give(PerChannel(scales, offsets), x);
        return true;
    }

    private static bool TryGiveAffine(OperatorScope s, Value x, double scale, double offset)
    {
        if (offset == 0 && Patterns.SixthOf(s, x, scale) is { } known)
        {
            s.Give(known.Operation, known.X);
            return true;
        }

        if (AffineOf(x, scale, offset) is not { } affine)
        {
            return false;
        }

        s.Give(affine, x);
        return true;
    }

    private static bool IsPerChannel(Value value, Constant constant)
    {
        int axis = constant.Rank - (value.Rank - 1);
        return axis >= 0 && constant.Extents[axis] == constant.Count && constant.Count == value.Extents[1] && value.Rank is 2 or 4;
    }

    // Batch normalization whose statistics are 0 and 1 is a scale and a shift of each channel.
    private static BatchNorm PerChannel(double[] scales, double[] offsets)
    {
        float[] ones = new float[scales.Length];
        Array.Fill(ones, 1);
        return new BatchNorm(ToTensor(scales), ToTensor(offsets), Tensor.FromFloats(new float[scales.Length]), Tensor.FromFloats(ones)) { Epsilon = 0 };
    }

    private static Tensor ToTensor(double[] numbers) => Tensor.FromFloats(Array.ConvertAll(numbers, static value => (float)value));

    private static Operation? WithBias(Operation layer, double[] offsets) => layer switch
    {
        Convolution { Bias: null } convolution => convolution with { Bias = ToTensor(offsets) },
        Linear { Bias: null } linear => linear with { Bias = ToTensor(offsets) },
        _ => null,
    };
}
