using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>A range of channels; serves slices and splits.</summary>
internal sealed class SliceKernel<T>(Shape input, int start, int length) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int count = length * input.ElementsPerChannel;
        int offset = start * input.ElementsPerChannel;
        arguments.Workers.For(arguments.Pictures, picture =>
            arguments.Input.AsSpan((picture * input.Count) + offset, count).CopyTo(arguments.Output.AsSpan(picture * count)));
    }
}
