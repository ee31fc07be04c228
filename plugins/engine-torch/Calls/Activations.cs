using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>The activation functions, made of those that ATen has.</summary>
internal static class Activations
{
    /// <summary>A function that changes a tensor in place.</summary>
    /// <exception cref="NotSupportedException">There is no such function.</exception>
    public static Action<Tensor> Create(Activation activation)
    {
        double slope = activation.Slope;
        return activation.Kind switch
        {
            ActivationKind.Linear => Nothing,
            ActivationKind.Relu => static x => x.relu_(),
            ActivationKind.Relu6 => static x => x.clamp_(0, 6),
            ActivationKind.LeakyRelu => x => x.leaky_relu_(slope),
            ActivationKind.Sigmoid => static x => x.sigmoid_(),
            ActivationKind.SymmetricSigmoid => static x => x.sigmoid_().mul_(2).add_(-1),
            ActivationKind.Tanh => static x => x.tanh_(),
            ActivationKind.Silu => static x => x.silu_(),
            ActivationKind.Mish => static x => x.mish_(),
            ActivationKind.HardMish => HardMish,
            ActivationKind.HardSwish => static x => x.hardswish_(),
            ActivationKind.HardSigmoid => static x => x.hardsigmoid_(),
            ActivationKind.Elu => static x => x.elu_(1),
            ActivationKind.Selu => static x => x.elu_(1.6732, 1.0507),
            ActivationKind.Gelu => static x => x.gelu_(),
            ActivationKind.Relie => static x => x.leaky_relu_(0.01),
            ActivationKind.Ramp => static x => x.leaky_relu_(0.1 / 1.1).mul_(1.1),
            ActivationKind.PiecewiseSigmoid => PiecewiseSigmoid,
            ActivationKind.HardTanh => static x => x.clamp_(-1, 1),
            ActivationKind.LeakyHardTanh => LeakyHardTanh,
            ActivationKind.Stair => Stair,
            _ => throw new NotSupportedException($"The torch engine has no activation '{activation.Kind}'."),
        };
    }

    /// <summary>
    /// Whether a function never falls, so that the largest of its values is its value of the largest: then it can wait until
    /// a max pool has thrown most elements away.
    /// </summary>
    public static bool NeverFalls(Activation activation) => activation.Kind switch
    {
        ActivationKind.LeakyRelu => activation.Slope >= 0,
        ActivationKind.Relu or ActivationKind.Relu6 or ActivationKind.Sigmoid or ActivationKind.SymmetricSigmoid
            or ActivationKind.Tanh or ActivationKind.HardSigmoid or ActivationKind.Elu or ActivationKind.Selu
            or ActivationKind.Relie or ActivationKind.Ramp or ActivationKind.HardTanh => true,
        _ => false,
    };

    private static void Nothing(Tensor x)
    {
    }

    // x (x + 2) / 2 between -2 and 0.
    private static void HardMish(Tensor x)
    {
        using Tensor factor = x.clone();
        x.mul_(factor.add_(2).clamp_(0, 2).mul_(0.5));
    }

    // A line through the middle, and a flat one for what the middle cuts off.
    private static void PiecewiseSigmoid(Tensor x)
    {
        using Tensor middle = x.clone();
        middle.clamp_(-4, 4);
        x.add_(middle, -1).mul_(0.01).add_(middle, 0.125).add_(0.5);
    }

    private static void LeakyHardTanh(Tensor x)
    {
        using Tensor middle = x.clone();
        middle.clamp_(0, 1);
        x.add_(middle, -1).mul_(0.001).add_(middle);
    }

    // With n = floor(x): floor(x / 2), and x - n more where n is odd, which n - 2 floor(x / 2) tells.
    private static void Stair(Tensor x)
    {
        using Tensor whole = x.clone();
        using Tensor half = x.clone();
        half.mul_(0.5).floor_();
        whole.floor_();
        x.add_(whole, -1).mul_(whole.add_(half, -2)).add_(half);
    }
}
