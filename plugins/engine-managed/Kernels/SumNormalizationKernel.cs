using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>max(x, 0) over the sum of it over all channels, place by place.</summary>
internal sealed class SumNormalizationKernel<T>(Shape shape) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Epsilon = 1e-4;
    private const int Grain = 256;

    public override void Run(KernelArguments<T> arguments)
    {
        for (int i = 0; i < arguments.Pictures; i++)
        {
            int picture = i * shape.Count;
            arguments.Workers.ForRanges(shape.ElementsPerChannel, Grain, (start, length) =>
                RunPlaces(arguments.Input.AsSpan(picture + start), arguments.Output.AsSpan(picture + start), length));
        }
    }

    private void RunPlaces(ReadOnlySpan<T> input, Span<T> output, int places)
    {
        int plane = shape.ElementsPerChannel;
        Span<T> sums = stackalloc T[Grain];
        sums = sums[..places];
        sums.Fill(T.CreateTruncating(Epsilon));
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            ReadOnlySpan<T> source = input.Slice(channel * plane, places);
            Span<T> target = output.Slice(channel * plane, places);
            for (int i = 0; i < places; i++)
            {
                target[i] = T.Max(source[i], T.Zero);
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
