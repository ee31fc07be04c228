using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Functions of one variable, and the softmax over channels.</summary>
internal static class Activations
{
    private const double Sixth = 1.0 / 6;

    public static bool TryRead(OperatorScope s)
    {
        if (s[0] is not Value)
        {
            return false;
        }

        switch (s.Operation)
        {
            case "Relu":
                return Give(s, ActivationKind.Relu);
            case "Sigmoid":
                return Give(s, ActivationKind.Sigmoid);
            case "Tanh":
                return Give(s, ActivationKind.Tanh);
            case "HardSwish":
                return Give(s, ActivationKind.HardSwish);
            case "Mish":
                return Give(s, ActivationKind.Mish);
            case "Swish" when s.Float("alpha", 1) == 1:
                return Give(s, ActivationKind.Silu);
            case "Elu" when s.Float("alpha", 1) == 1:
                return Give(s, ActivationKind.Elu);
            case "LeakyRelu":
                s.Give(new Activation(ActivationKind.LeakyRelu) { Slope = s.Float("alpha", 0.01) }, s.X);
                return true;
            case "PRelu" when s.ConstantAt(1) is { Count: 1 } slope:
                s.Give(new Activation(ActivationKind.LeakyRelu) { Slope = Decimals.Of((float)slope.Numbers[0]) }, s.X);
                return true;
            case "HardSigmoid":
                return TryReadHardSigmoid(s);
            case "Clip":
                return TryReadClip(s);
            case "Softmax":
                return TryReadSoftmax(s);
            default:
                return false;
        }
    }

    private static bool Give(OperatorScope s, ActivationKind kind)
    {
        s.Give(new Activation(kind), s.X);
        return true;
    }

    // max(0, min(1, alpha x + beta)); the network's is that of (x + 3) / 6.
    private static bool TryReadHardSigmoid(OperatorScope s)
    {
        (double alpha, double beta) = (s.Float("alpha", 0.2), s.Float("beta", 0.5));
        if (Math.Abs(alpha - Sixth) < 1e-6 && beta == 0.5)
        {
            return Give(s, ActivationKind.HardSigmoid);
        }

        return TryGiveHardSigmoid(s, 6 * alpha, (6 * beta) - 3);
    }

    private static bool TryGiveHardSigmoid(OperatorScope s, double scale, double offset)
    {
        if (Elementwise.AffineOf(s.X, scale, offset) is not { } affine)
        {
            return false;
        }

        s.Give(new Activation(ActivationKind.HardSigmoid), s.Emit("scaled", affine, s.X));
        return true;
    }

    private static bool TryReadClip(OperatorScope s)
    {
        if (s[1] is Value || s[2] is Value)
        {
            return false;
        }

        double low = s.ConstantAt(1)?.Numbers[0] ?? s.Float("min", double.NegativeInfinity);
        double high = s.ConstantAt(2)?.Numbers[0] ?? s.Float("max", double.PositiveInfinity);
        ActivationKind? kind = (low, high) switch
        {
            (0, 6) => ActivationKind.Relu6,
            (0, >= float.MaxValue) => ActivationKind.Relu,
            (-1, 1) => ActivationKind.HardTanh,
            _ => null,
        };
        return kind is { } known ? Give(s, known) : (low, high) == (0, 1) && TryGiveHardSigmoid(s, 6, -3);
    }

    private static bool TryReadSoftmax(OperatorScope s)
    {
        // Before version 13 all axes from the given one on were one.
        Value x = s.X;
        int axis = Axes.Normalize(s.Integer("axis", s.Opset < 13 ? 1 : -1), x.Rank);
        if (axis != 1 || (s.Opset < 13 && x.Shape.ElementsPerChannel > 1))
        {
            return false;
        }

        s.Give(new Softmax(), x);
        return true;
    }
}
