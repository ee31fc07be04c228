using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>The mean of each channel.</summary>
internal sealed class GlobalAveragePoolKernel<T>(Shape input) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int plane = input.ElementsPerChannel;
        arguments.Workers.For(arguments.Pictures * input.Channels, i =>
            arguments.Output[i] = VectorMath.Sum<T>(arguments.Input.AsSpan(i * plane, plane)) / T.CreateTruncating(plane));
    }
}
