using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// One input channel for each output channel. The plane is copied into a frame of zeros first, so that no tap needs to ask
/// what lies inside. A row is computed at every column, with the sums in registers; a stride then picks from it: computing
/// what is not picked is cheaper than gathering.
/// </summary>
internal sealed class DepthwiseConvolution<T> : ConvolutionAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Unroll = 4;

    private readonly ConvolutionGeometry _geometry;
    private readonly T[] _weights;
    private readonly int _frameHeight;
    private readonly int _frameWidth;
    private readonly int _positions;

    public DepthwiseConvolution(ConvolutionGeometry geometry)
    {
        _geometry = geometry;
        _weights = TensorElements.Of<T>(geometry.Convolution.Weight);
        _frameHeight = geometry.InputHeight + geometry.Padding.Top + geometry.Padding.Bottom;
        _frameWidth = geometry.InputWidth + geometry.Padding.Left + geometry.Padding.Right;
        _positions = _frameWidth - ((geometry.Kernel.Width - 1) * geometry.Dilation.Width);
    }

    public override void Run(KernelArguments<T> arguments, Epilogue<T> epilogue) =>
        arguments.Workers.For(arguments.Pictures * _geometry.OutputChannels, i =>
        {
            (int picture, int channel) = Math.DivRem(i, _geometry.OutputChannels);
            int inputChannel = (picture * _geometry.InputChannels) + (channel / _geometry.GroupOutputs);
            Span<T> output = arguments.Output.AsSpan(i * _geometry.OutputPlane, _geometry.OutputPlane);
            RunPlane(
                arguments.Input.AsSpan(inputChannel * _geometry.InputPlane, _geometry.InputPlane),
                _weights.AsSpan(channel * _geometry.Taps, _geometry.Taps),
                output);
            epilogue.Apply(output, channel);
        });

    private unsafe void RunPlane(ReadOnlySpan<T> input, ReadOnlySpan<T> taps, Span<T> output)
    {
        // The last vector of a row reaches beyond it: into the next row, or into this much behind the last.
        int slack = Vector<T>.Count;
        int frameLength = (_frameHeight * _frameWidth) + slack;
        T[] rented = ArrayPool<T>.Shared.Rent(frameLength + _positions + slack);
        Span<T> frame = rented.AsSpan(0, frameLength);
        frame.Clear();
        for (int row = 0; row < _geometry.InputHeight; row++)
        {
            int place = ((row + _geometry.Padding.Top) * _frameWidth) + _geometry.Padding.Left;
            input.Slice(row * _geometry.InputWidth, _geometry.InputWidth).CopyTo(frame[place..]);
        }

        int stride = _geometry.Stride.Width;
        fixed (T* frames = rented, tap = taps)
        {
            T* sums = frames + frameLength;
            for (int y = 0; y < _geometry.OutputHeight; y++)
            {
                RunRow(frames + ((nint)y * _geometry.Stride.Height * _frameWidth), tap, sums);
                Span<T> line = output.Slice(y * _geometry.OutputWidth, _geometry.OutputWidth);
                for (int x = 0; x < line.Length; x++)
                {
                    line[x] = sums[x * stride];
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void RunRow(T* window, T* taps, T* sums)
    {
        int height = _geometry.Kernel.Height;
        int width = _geometry.Kernel.Width;
        nint right = _geometry.Dilation.Width;
        nint down = (nint)_geometry.Dilation.Height * _frameWidth;
        int x = 0;
        for (; x <= _positions - (Unroll * Vector<T>.Count); x += Unroll * Vector<T>.Count)
        {
            Vector<T> sum0 = Vector<T>.Zero;
            Vector<T> sum1 = Vector<T>.Zero;
            Vector<T> sum2 = Vector<T>.Zero;
            Vector<T> sum3 = Vector<T>.Zero;
            T* tap = taps;
            for (int kernelY = 0; kernelY < height; kernelY++)
            {
                T* place = window + x + (kernelY * down);
                for (int kernelX = 0; kernelX < width; kernelX++, place += right)
                {
                    var factor = new Vector<T>(*tap++);
                    sum0 = FusedMath.MultiplyAdd(Vector.Load(place), factor, sum0);
                    sum1 = FusedMath.MultiplyAdd(Vector.Load(place + Vector<T>.Count), factor, sum1);
                    sum2 = FusedMath.MultiplyAdd(Vector.Load(place + (2 * Vector<T>.Count)), factor, sum2);
                    sum3 = FusedMath.MultiplyAdd(Vector.Load(place + (3 * Vector<T>.Count)), factor, sum3);
                }
            }

            Vector.Store(sum0, sums + x);
            Vector.Store(sum1, sums + x + Vector<T>.Count);
            Vector.Store(sum2, sums + x + (2 * Vector<T>.Count));
            Vector.Store(sum3, sums + x + (3 * Vector<T>.Count));
        }

        for (; x < _positions; x += Vector<T>.Count)
        {
            Vector<T> sum = Vector<T>.Zero;
            T* tap = taps;
            for (int kernelY = 0; kernelY < height; kernelY++)
            {
                T* place = window + x + (kernelY * down);
                for (int kernelX = 0; kernelX < width; kernelX++, place += right)
                {
                    sum = FusedMath.MultiplyAdd(Vector.Load(place), new Vector<T>(*tap++), sum);
                }
            }

            Vector.Store(sum, sums + x);
        }
    }
}
