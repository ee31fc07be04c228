using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>A product whose second factor may be repeated over the channels, over the places, or over both.</summary>
internal sealed class MultiplyKernel<T>(Shape value, Shape factor) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int plane = value.ElementsPerChannel;
        int factorPlane = factor.ElementsPerChannel;
        arguments.Workers.For(arguments.Pictures * value.Channels, i =>
        {
            (int picture, int channel) = Math.DivRem(i, value.Channels);
            int factorChannel = factor.Channels == 1 ? 0 : channel;
            ReadOnlySpan<T> factors = arguments.Inputs[1].AsSpan(
                ((picture * factor.Channels) + factorChannel) * factorPlane, factorPlane);
            ReadOnlySpan<T> values = arguments.Input.AsSpan(i * plane, plane);
            Span<T> output = arguments.Output.AsSpan(i * plane, plane);
            if (factorPlane == plane)
            {
                VectorMath.Multiply(values, factors, output);
            }
            else
            {
                VectorMath.Multiply(values, factors[0], output);
            }
        });
    }
}
