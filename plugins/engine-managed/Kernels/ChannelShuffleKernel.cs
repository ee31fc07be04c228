using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Channels as a matrix [groups, channels / groups], transposed.</summary>
internal sealed class ChannelShuffleKernel<T>(Shape input, int groups) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int plane = input.ElementsPerChannel;
        int size = input.Channels / groups;
        arguments.Workers.For(arguments.Pictures * input.Channels, i =>
        {
            (int picture, int channel) = Math.DivRem(i, input.Channels);
            (int index, int group) = Math.DivRem(channel, groups);
            int source = (picture * input.Channels) + (group * size) + index;
            arguments.Input.AsSpan(source * plane, plane).CopyTo(arguments.Output.AsSpan(i * plane));
        });
    }
}
