using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Every element of the output is one of the input's, times a factor plus an offset; serves reorg and crop.</summary>
/// <param name="input">The shape of the input.</param>
/// <param name="sources">For each element of the output the place of the input's.</param>
/// <param name="channels">How many channels the output has.</param>
internal sealed class GatherKernel<T>(Shape input, int[] sources, int channels) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Scale { get; init; } = T.One;

    public T Offset { get; init; } = T.Zero;

    public override void Run(KernelArguments<T> arguments)
    {
        int plane = sources.Length / channels;
        arguments.Workers.For(arguments.Pictures * channels, i =>
        {
            (int picture, int channel) = Math.DivRem(i, channels);
            ReadOnlySpan<T> source = arguments.Input.AsSpan(picture * input.Count, input.Count);
            Span<T> target = arguments.Output.AsSpan(i * plane, plane);
            ReadOnlySpan<int> places = sources.AsSpan(channel * plane, plane);
            for (int place = 0; place < target.Length; place++)
            {
                target[place] = (source[places[place]] * Scale) + Offset;
            }
        });
    }

    /// <summary>The places of the middle of a map.</summary>
    public static int[] Middle(Shape input, Shape output)
    {
        int top = (input.Height - output.Height) / 2;
        int left = (input.Width - output.Width) / 2;
        int[] places = new int[output.Count];
        int next = 0;
        for (int row = 0; row < output.Channels * output.Height; row++)
        {
            (int channel, int y) = Math.DivRem(row, output.Height);
            int start = (((channel * input.Height) + y + top) * input.Width) + left;
            for (int x = 0; x < output.Width; x++)
            {
                places[next++] = start + x;
            }
        }

        return places;
    }
}
