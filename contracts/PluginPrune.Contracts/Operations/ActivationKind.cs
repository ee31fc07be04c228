namespace PluginPrune.Contracts.Operations;

/// <summary>The functions that <see cref="Activation"/> applies.</summary>
public enum ActivationKind
{
    /// <summary>x.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x above 0, slope * x below.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>2 / (1 + exp(-x)) - 1; Darknet's 'loggy'.</summary>
    SymmetricSigmoid,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>x * sigmoid(x), also called swish.</summary>
    Silu,

    /// <summary>x * tanh(ln(1 + exp(x))).</summary>
    Mish,

    /// <summary>x above 0, x + x^2 / 2 from -2 to 0, 0 below.</summary>
    HardMish,

    /// <summary>x * clamp((x + 3) / 6, 0, 1).</summary>
    HardSwish,

    /// <summary>clamp((x + 3) / 6, 0, 1).</summary>
    HardSigmoid,

    /// <summary>x above 0, exp(x) - 1 below.</summary>
    Elu,

    /// <summary>1.0507 x above 0, 1.0507 * 1.6732 (exp(x) - 1) below.</summary>
    Selu,

    /// <summary>0.5 x (1 + tanh(0.797885 x + 0.035677 x^3)).</summary>
    Gelu,

    /// <summary>x above 0, 0.01 x below; Darknet's 'relie'.</summary>
    Relie,

    /// <summary>1.1 x above 0, 0.1 x below; Darknet's 'ramp'.</summary>
    Ramp,

    /// <summary>Piecewise linear sigmoid: 0.01 (x + 4) below -4, 0.125 x + 0.5 between, 0.01 (x - 4) + 1 above 4; Darknet's 'plse'.</summary>
    PiecewiseSigmoid,

    /// <summary>clamp(x, -1, 1); Darknet's 'hardtan'.</summary>
    HardTanh,

    /// <summary>0.001 x below 0, 0.001 (x - 1) + 1 above 1, x between; Darknet's 'lhtan'.</summary>
    LeakyHardTanh,

    /// <summary>With n = floor(x): floor(x / 2) for even n, x - n + floor(x / 2) for odd n; Darknet's 'stair'.</summary>
    Stair,
}
