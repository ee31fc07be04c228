using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Darknet's normalizations over the channels of a place, in place.</summary>
internal static class Normalizations
{
    private const double Epsilon = 1e-4;

    public static void Apply(Tensor x, ChannelNormalizationKind kind)
    {
        if (kind == ChannelNormalizationKind.Sum)
        {
            x.relu_();
            using Tensor sums = x.sum(1);
            x.div_(sums.add_(Epsilon));
            return;
        }

        // The largest is taken off first, so that nothing overflows; what is added to the sum is scaled along.
        using Tensor largest = x.amax(1);
        x.add_(largest, -1).exp_();
        using Tensor total = x.sum(1);
        if (kind == ChannelNormalizationKind.Softmax)
        {
            total.add_(largest.mul_(-1).exp_(), Epsilon);
        }
        else
        {
            total.add_(Epsilon);
        }

        x.div_(total);
    }
}
