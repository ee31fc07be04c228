using System.Numerics;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// One input channel for each output channel. The sum over the taps of a place stays in a register, in the order of the
/// taps; the edges, where some taps lie outside, and strides other than 1 go place by place.
/// </summary>
internal sealed class DepthwiseConvolution<T>(ConvolutionGeometry geometry, T[] weights) : ConvolutionAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int Start, int End)[] _columns =
        [.. Enumerable.Range(0, geometry.Kernel.Width).Select(geometry.InsideColumns)];

    public override void Run(KernelArguments<T> arguments, Epilogue<T> epilogue) =>
        arguments.Workers.For(arguments.Pictures * geometry.OutputChannels, i =>
        {
            (int picture, int channel) = Math.DivRem(i, geometry.OutputChannels);
            int inputChannel = (picture * geometry.InputChannels) + (channel / geometry.GroupOutputs);
            ReadOnlySpan<T> input = arguments.Input.AsSpan(inputChannel * geometry.InputPlane, geometry.InputPlane);
            Span<T> output = arguments.Output.AsSpan(i * geometry.OutputPlane, geometry.OutputPlane);
            RunPlane(input, weights.AsSpan(channel * geometry.Taps, geometry.Taps), output);
            epilogue.Apply(output, channel);
        });

    private void RunPlane(ReadOnlySpan<T> input, ReadOnlySpan<T> taps, Span<T> output)
    {
        // Between these columns every tap lies inside.
        int left = _columns.Max(static column => column.Start);
        int right = _columns.Min(static column => column.End);
        int vectorEnd = geometry.Stride.Width == 1 && right > left
            ? left + ((right - left) / Vector<T>.Count * Vector<T>.Count)
            : left;
        for (int y = 0; y < geometry.OutputHeight; y++)
        {
            Span<T> line = output.Slice(y * geometry.OutputWidth, geometry.OutputWidth);
            for (int x = 0; x < Math.Min(left, line.Length); x++)
            {
                line[x] = RunPlace(input, taps, y, x);
            }

            for (int x = left; x < vectorEnd; x += Vector<T>.Count)
            {
                RunVector(input, taps, y, x).CopyTo(line[x..]);
            }

            for (int x = vectorEnd; x < line.Length; x++)
            {
                line[x] = RunPlace(input, taps, y, x);
            }
        }
    }

    private Vector<T> RunVector(ReadOnlySpan<T> input, ReadOnlySpan<T> taps, int y, int x)
    {
        Vector<T> sum = Vector<T>.Zero;
        for (int kernelY = 0; kernelY < geometry.Kernel.Height; kernelY++)
        {
            int row = (y * geometry.Stride.Height) - geometry.Padding.Top + (kernelY * geometry.Dilation.Height);
            if ((uint)row >= (uint)geometry.InputHeight)
            {
                continue;
            }

            int place = (row * geometry.InputWidth) + x - geometry.Padding.Left;
            foreach (T tap in taps.Slice(kernelY * geometry.Kernel.Width, geometry.Kernel.Width))
            {
                sum = FusedMath.MultiplyAdd(new Vector<T>(input[place..]), new Vector<T>(tap), sum);
                place += geometry.Dilation.Width;
            }
        }

        return sum;
    }

    private T RunPlace(ReadOnlySpan<T> input, ReadOnlySpan<T> taps, int y, int x)
    {
        T sum = T.Zero;
        for (int kernelY = 0; kernelY < geometry.Kernel.Height; kernelY++)
        {
            int row = (y * geometry.Stride.Height) - geometry.Padding.Top + (kernelY * geometry.Dilation.Height);
            if ((uint)row >= (uint)geometry.InputHeight)
            {
                continue;
            }

            ReadOnlySpan<T> line = input.Slice(row * geometry.InputWidth, geometry.InputWidth);
            int column = (x * geometry.Stride.Width) - geometry.Padding.Left;
            foreach (T tap in taps.Slice(kernelY * geometry.Kernel.Width, geometry.Kernel.Width))
            {
                if ((uint)column < (uint)line.Length)
                {
                    sum = T.MultiplyAddEstimate(line[column], tap, sum);
                }

                column += geometry.Dilation.Width;
            }
        }

        return sum;
    }
}
