using System.Buffers;
using System.Numerics;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>
/// The maximum in a window, taken down the columns first and then along the row, both vectorized. A row is computed at every
/// column, and the stride picks from it: computing what is not picked is cheaper than gathering.
/// </summary>
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
        int stride = geometry.Stride.Width;
        int framed = width + geometry.Padding.Left + geometry.Padding.Right;
        int positions = framed - geometry.Kernel.Width + 1;
        T[] rented = ArrayPool<T>.Shared.Rent(framed + positions);

        // Nothing is below negative infinity: the padding never wins.
        Span<T> frame = rented.AsSpan(0, framed);
        Span<T> maxima = rented.AsSpan(framed, positions);
        Span<T> columns = frame.Slice(geometry.Padding.Left, width);
        frame.Fill(T.NegativeInfinity);
        for (int y = 0; y < geometry.Output.Height; y++)
        {
            (int top, int bottom) = geometry.Rows(y);
            input.Slice(top * width, width).CopyTo(columns);
            for (int row = top + 1; row < bottom; row++)
            {
                VectorMath.Maximum(columns, input.Slice(row * width, width), columns);
            }

            frame[..positions].CopyTo(maxima);
            for (int column = 1; column < geometry.Kernel.Width; column++)
            {
                VectorMath.Maximum(maxima, frame.Slice(column, positions), maxima);
            }

            Span<T> line = output.Slice(y * geometry.Output.Width, geometry.Output.Width);
            for (int x = 0; x < line.Length; x++)
            {
                line[x] = maxima[x * stride];
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }
}
