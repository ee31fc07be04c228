using System.Buffers;
using System.Numerics;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>The maximum in a window, taken down the columns first, where it is vectorized, and then along the row.</summary>
internal sealed class MaxPoolKernel<T>(PoolGeometry geometry) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(KernelArguments<T> arguments)
    {
        int inputPlane = geometry.Input.ElementsPerChannel;
        int outputPlane = geometry.Output.ElementsPerChannel;
        arguments.Workers.For(arguments.Pictures * geometry.Input.Channels, i =>
            RunPlane(arguments.Input.AsSpan(i * inputPlane, inputPlane), arguments.Output.AsSpan(i * outputPlane, outputPlane)));
    }

    private void RunPlane(ReadOnlySpan<T> input, Span<T> output)
    {
        int width = geometry.Input.Width;
        T[] rented = ArrayPool<T>.Shared.Rent(width);
        Span<T> maxima = rented.AsSpan(0, width);
        for (int y = 0; y < geometry.Output.Height; y++)
        {
            (int top, int bottom) = geometry.Rows(y);
            input.Slice(top * width, width).CopyTo(maxima);
            for (int row = top + 1; row < bottom; row++)
            {
                VectorMath.Maximum(maxima, input.Slice(row * width, width), maxima);
            }

            Span<T> line = output.Slice(y * geometry.Output.Width, geometry.Output.Width);
            for (int x = 0; x < line.Length; x++)
            {
                (int left, int right) = geometry.Columns(x);
                T maximum = maxima[left];
                for (int column = left + 1; column < right; column++)
                {
                    maximum = T.Max(maximum, maxima[column]);
                }

                line[x] = maximum;
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }
}
