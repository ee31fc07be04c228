using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Channels of zeros around those of the input.</summary>
internal sealed class ChannelPaddingKernel<T>(Shape input, Shape output, int before) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int first = before * input.ElementsPerChannel;
        arguments.Workers.For(arguments.Pictures, picture =>
        {
            // Buffers are used again: what nobody writes is what another value left.
            Span<T> padded = arguments.Output.AsSpan(picture * output.Count, output.Count);
            padded[..first].Clear();
            arguments.Input.AsSpan(picture * input.Count, input.Count).CopyTo(padded[first..]);
            padded[(first + input.Count)..].Clear();
        });
    }
}
