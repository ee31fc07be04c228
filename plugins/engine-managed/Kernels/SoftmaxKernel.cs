using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>
/// exp(x_c) over the sum over all channels, place by place. The largest x is taken off first, so that nothing overflows; what
/// Darknet's normalizations add to the sum is scaled along, which leaves their value as it is defined.
/// </summary>
internal sealed class SoftmaxKernel<T>(Shape shape, ChannelNormalizationKind? kind = null) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Epsilon = 1e-4;
    private const int Grain = 256;

    public override void Run(KernelArguments<T> arguments)
    {
        int plane = shape.ElementsPerChannel;
        for (int i = 0; i < arguments.Pictures; i++)
        {
            int picture = i * shape.Count;
            arguments.Workers.ForRanges(plane, Grain, (start, length) =>
                RunPlaces(arguments.Input.AsSpan(picture + start), arguments.Output.AsSpan(picture + start), length));
        }
    }

    private void RunPlaces(ReadOnlySpan<T> input, Span<T> output, int places)
    {
        int plane = shape.ElementsPerChannel;
        Span<T> maxima = stackalloc T[Grain];
        Span<T> sums = stackalloc T[Grain];
        maxima = maxima[..places];
        sums = sums[..places];
        input[..places].CopyTo(maxima);
        for (int channel = 1; channel < shape.Channels; channel++)
        {
            VectorMath.Maximum(maxima, input.Slice(channel * plane, places), maxima);
        }

        for (int i = 0; i < places; i++)
        {
            sums[i] = kind switch
            {
                null => T.Zero,
                ChannelNormalizationKind.Softmax => T.CreateTruncating(Epsilon) * T.Exp(-maxima[i]),
                _ => T.CreateTruncating(Epsilon),
            };
        }

        for (int channel = 0; channel < shape.Channels; channel++)
        {
            ReadOnlySpan<T> source = input.Slice(channel * plane, places);
            Span<T> target = output.Slice(channel * plane, places);
            for (int i = 0; i < places; i++)
            {
                target[i] = T.Exp(source[i] - maxima[i]);
                sums[i] += target[i];
            }
        }

        for (int channel = 0; channel < shape.Channels; channel++)
        {
            Span<T> target = output.Slice(channel * plane, places);
            for (int i = 0; i < places; i++)
            {
                target[i] /= sums[i];
            }
        }
    }
}
