namespace PluginPrune.Contracts.Operations;

/// <summary>The functions of <see cref="ActivationKind"/> in double precision.</summary>
internal static class ActivationFunctions
{
    public static double Apply(ActivationKind kind, double slope, double x) => kind switch
    {
        ActivationKind.Linear => x,
        ActivationKind.Relu => Math.Max(x, 0),
        ActivationKind.Relu6 => Math.Clamp(x, 0, 6),
        ActivationKind.LeakyRelu => x > 0 ? x : slope * x,
        ActivationKind.Sigmoid => Sigmoid(x),
        ActivationKind.SymmetricSigmoid => (2 * Sigmoid(x)) - 1,
        ActivationKind.Tanh => Math.Tanh(x),
        ActivationKind.Silu => x * Sigmoid(x),
        ActivationKind.Mish => x * Math.Tanh(Softplus(x)),
        ActivationKind.HardMish => x > 0 ? x : x > -2 ? x + (x * x / 2) : 0,
        ActivationKind.HardSwish => x * Math.Clamp((x + 3) / 6, 0, 1),
        ActivationKind.HardSigmoid => Math.Clamp((x + 3) / 6, 0, 1),
        ActivationKind.Elu => x >= 0 ? x : Math.Exp(x) - 1,
        ActivationKind.Selu => x >= 0 ? 1.0507 * x : 1.0507 * 1.6732 * (Math.Exp(x) - 1),
        ActivationKind.Gelu => 0.5 * x * (1 + Math.Tanh((0.797885 * x) + (0.035677 * x * x * x))),
        ActivationKind.Relie => x > 0 ? x : 0.01 * x,
        ActivationKind.Ramp => (x > 0 ? x : 0) + (0.1 * x),
        ActivationKind.PiecewiseSigmoid => x < -4 ? 0.01 * (x + 4) : x > 4 ? (0.01 * (x - 4)) + 1 : (0.125 * x) + 0.5,
        ActivationKind.HardTanh => Math.Clamp(x, -1, 1),
        ActivationKind.LeakyHardTanh => x < 0 ? 0.001 * x : x > 1 ? (0.001 * (x - 1)) + 1 : x,
        ActivationKind.Stair => Stair(x),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such activation."),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // ln(1 + e^x) without overflow for large x.
    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Stair(double x)
    {
        double n = Math.Floor(x);
        double half = Math.Floor(x / 2);
        return n % 2 == 0 ? half : x - n + half;
    }
}
