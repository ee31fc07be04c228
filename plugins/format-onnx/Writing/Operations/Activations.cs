using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Functions of one variable, in operators that every version from 13 on has.</summary>
internal static class Activations
{
    private const double SeluScale = 1.0507;
    private const double SeluAlpha = 1.6732;

    public static string Write(Activation activation, NodeScope s) => activation.Kind switch
    {
        ActivationKind.Linear => s.X,
        ActivationKind.Relu => s.Emit("Relu", s.X),
        ActivationKind.Relu6 => s.Clip(s.X, 0, 6),
        ActivationKind.LeakyRelu => Leaky(s, activation.Slope),
        ActivationKind.Relie => Leaky(s, 0.01),
        ActivationKind.Sigmoid => s.Emit("Sigmoid", s.X),

        // 2 / (1 + exp(-x)) - 1 is tanh(x / 2).
        ActivationKind.SymmetricSigmoid => s.Emit("Tanh", s.Emit("Mul", s.X, 0.5)),
        ActivationKind.Tanh => s.Emit("Tanh", s.X),
        ActivationKind.Silu => s.Emit("Mul", s.X, s.Emit("Sigmoid", s.X)),
        ActivationKind.Mish => s.Emit("Mul", s.X, s.Emit("Tanh", s.Emit("Softplus", s.X))),
        ActivationKind.HardMish => HardMish(s),
        ActivationKind.HardSwish => s.Emit("Mul", s.X, HardSigmoid(s)),
        ActivationKind.HardSigmoid => HardSigmoid(s),
        ActivationKind.Elu => s.Emit("Elu", [s.X], OnnxAttribute.Of("alpha", 1.0)),
        ActivationKind.Selu => s.Emit("Selu", [s.X], OnnxAttribute.Of("alpha", SeluAlpha), OnnxAttribute.Of("gamma", SeluScale)),
        ActivationKind.Gelu => Gelu(s),
        ActivationKind.Ramp => s.Emit("Add", s.Emit("Relu", s.X), s.Emit("Mul", s.X, 0.1)),

        // The steep part of the clipped value, and a slope of 0.01 on what was clipped off.
        ActivationKind.PiecewiseSigmoid => WithTails(s, -4, 4, 0.125, 0.5, 0.01),
        ActivationKind.HardTanh => s.Clip(s.X, -1, 1),
        ActivationKind.LeakyHardTanh => WithTails(s, 0, 1, 1, 0, 0.001),
        ActivationKind.Stair => Stair(s),
        _ => throw new NotSupportedException($"{s.Name}: ONNX does not say its activation, {activation.Kind}."),
    };

    private static string Leaky(NodeScope s, double slope) => s.Emit("LeakyRelu", [s.X], OnnxAttribute.Of("alpha", slope));

    private static string HardSigmoid(NodeScope s) =>
        s.Emit("HardSigmoid", [s.X], OnnxAttribute.Of("alpha", 1.0 / 6), OnnxAttribute.Of("beta", 0.5));

    // max(x, 0) + n + n^2 / 2 with n = x held between -2 and 0; at -2 the latter is 0.
    private static string HardMish(NodeScope s)
    {
        string low = s.Clip(s.X, -2, 0);
        return s.Emit("Add", s.Emit("Relu", s.X), s.Emit("Mul", low, s.Linear(low, 0.5, 1)));
    }

    private static string Gelu(NodeScope s)
    {
        string argument = s.Emit("Mul", s.X, s.Linear(s.Emit("Mul", s.X, s.X), 0.035677, 0.797885));
        return s.Emit("Mul", s.Emit("Mul", s.X, 0.5), s.Linear(s.Emit("Tanh", argument), 1, 1));
    }

    private static string WithTails(NodeScope s, double low, double high, double scale, double offset, double slope)
    {
        string inside = s.Clip(s.X, low, high);
        string tails = s.Emit("Mul", s.Emit("Sub", s.X, inside), slope);
        return s.Emit("Add", s.Linear(inside, scale, offset), tails);
    }

    // floor(x / 2), and for an odd floor(x) what x has beyond it.
    private static string Stair(NodeScope s)
    {
        string floor = s.Emit("Floor", s.X);
        string half = s.Emit("Floor", s.Emit("Mul", s.X, 0.5));
        string isOdd = s.Emit("Sub", floor, s.Emit("Mul", half, 2));
        return s.Emit("Add", half, s.Emit("Mul", isOdd, s.Emit("Sub", s.X, floor)));
    }
}
