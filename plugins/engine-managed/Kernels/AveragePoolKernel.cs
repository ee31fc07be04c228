using System.Buffers;
using System.Numerics;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>The mean in a window, summed down the columns first and then along the row.</summary>
internal sealed class AveragePoolKernel<T>(PoolGeometry geometry, bool countsPadding) : Kernel<T>
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
        Span<T> sums = rented.AsSpan(0, width);
        for (int y = 0; y < geometry.Output.Height; y++)
        {
            (int top, int bottom) = geometry.Rows(y);
            input.Slice(top * width, width).CopyTo(sums);
            for (int row = top + 1; row < bottom; row++)
            {
                VectorMath.Add(sums, input.Slice(row * width, width), sums);
            }

            Span<T> line = output.Slice(y * geometry.Output.Width, geometry.Output.Width);
            for (int x = 0; x < line.Length; x++)
            {
                (int left, int right) = geometry.Columns(x);
                T sum = T.Zero;
                foreach (T value in sums[left..right])
                {
                    sum += value;
                }

                int divisor = countsPadding
                    ? geometry.Kernel.Height * geometry.Kernel.Width
                    : (bottom - top) * (right - left);
                line[x] = sum / T.CreateTruncating(divisor);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }
}
