using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Blocks of places become channels.</summary>
internal sealed class SpaceToDepthKernel<T>(Shape input, int block, bool columnsFirst) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int height = input.Height / block;
        int width = input.Width / block;
        int channels = input.Channels * block * block;
        arguments.Workers.For(arguments.Pictures * channels, i =>
        {
            (int picture, int outputChannel) = Math.DivRem(i, channels);
            (int place, int channel) = Math.DivRem(outputChannel, input.Channels);
            (int slow, int fast) = Math.DivRem(place, block);
            (int dy, int dx) = columnsFirst ? (fast, slow) : (slow, fast);

            ReadOnlySpan<T> source = arguments.Input.AsSpan(
                ((picture * input.Channels) + channel) * input.ElementsPerChannel, input.ElementsPerChannel);
            Span<T> target = arguments.Output.AsSpan(i * height * width, height * width);
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<T> row = source.Slice(((y * block) + dy) * input.Width, input.Width);
                Span<T> line = target.Slice(y * width, width);
                for (int x = 0; x < line.Length; x++)
                {
                    line[x] = row[(x * block) + dx];
                }
            }
        });
    }
}
