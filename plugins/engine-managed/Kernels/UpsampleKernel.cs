using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Every place repeated in both directions.</summary>
internal sealed class UpsampleKernel<T>(Shape input, int factor) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int width = input.Width;
        int wide = width * factor;

        // All rows of all planes follow each other without gaps, in the input as in the output.
        arguments.Workers.For(arguments.Pictures * input.Channels * input.Height, row =>
        {
            ReadOnlySpan<T> source = arguments.Input.AsSpan(row * width, width);
            Span<T> lines = arguments.Output.AsSpan(row * factor * wide, factor * wide);
            Span<T> first = lines[..wide];
            for (int x = 0; x < source.Length; x++)
            {
                first.Slice(x * factor, factor).Fill(source[x]);
            }

            for (int copy = 1; copy < factor; copy++)
            {
                first.CopyTo(lines[(copy * wide)..]);
            }
        });
    }
}
