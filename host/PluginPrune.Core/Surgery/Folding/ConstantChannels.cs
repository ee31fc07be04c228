using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Surgery;

/// <summary>Makes channels of layers constant.</summary>
internal static class ConstantChannels
{
    /// <summary>
    /// The beta, or bias where there is no batch norm, of a channel that stays as a constant. What comes of it is above 0
    /// after every activation in use, sums of several are too, and ReLU and its kin leave it exactly 1.
    /// </summary>
    public const float Start = 1;

    /// <summary>
    /// A layer some of whose channels are constant. A batch norm scales them by 0, and the weights before it stay: fine-tuning
    /// can bring the channel back. Without a batch norm the weights are 0.
    /// </summary>
    /// <param name="operation">A convolution, linear layer or batch norm.</param>
    /// <param name="whole">The same before anything was folded into it.</param>
    /// <param name="rows">For each of its channels, whether it is to be constant.</param>
    /// <param name="isNormed">Whether a batch norm of its own follows, which does it.</param>
    public static Operation Hold(Operation operation, Operation whole, bool[] rows, bool isNormed)
    {
        if (!rows.AsSpan().Contains(true))
        {
            return operation;
        }

        return operation switch
        {
            BatchNorm norm => norm with { Gamma = Set(norm.Gamma, rows, 0), Beta = Set(norm.Beta, rows, Start) },
            Convolution convolution when !isNormed => convolution with
            {
                Weight = Set(convolution.Weight, rows, 0),
                Bias = SetBias(convolution.Bias, rows, whole is Convolution { Bias: not null }),
            },
            Linear linear when !isNormed => new Linear(Set(linear.Weight, rows, 0), SetBias(linear.Bias, rows, whole is Linear { Bias: not null })),
            _ => operation,
        };
    }

    /// <summary>A layer without a bias of its own has constant channels that are 0, as its dropped ones were.</summary>
    private static Tensor? SetBias(Tensor? bias, bool[] rows, bool isOwn) => bias is null ? null : Set(bias, rows, isOwn ? Start : 0);

    private static Tensor Set(Tensor tensor, bool[] rows, float value)
    {
        float[] values = tensor.Floats.ToArray();
        int length = values.Length / rows.Length;
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row])
            {
                values.AsSpan(row * length, length).Fill(value);
            }
        }

        return tensor.WithFloats(values);
    }
}
