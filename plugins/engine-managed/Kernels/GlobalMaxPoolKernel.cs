using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>The maximum of each channel.</summary>
internal sealed class GlobalMaxPoolKernel<T>(Shape input) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int plane = input.ElementsPerChannel;
        arguments.Workers.For(arguments.Pictures * input.Channels, i =>
        {
            ReadOnlySpan<T> values = arguments.Input.AsSpan(i * plane, plane);
            T maximum = values[0];
            foreach (T value in values)
            {
                maximum = T.Max(maximum, value);
            }

            arguments.Output[i] = maximum;
        });
    }
}
