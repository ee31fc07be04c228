using System.Numerics;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// A convolution whose kernel covers its whole input, such as the 1 x 1 ones of squeeze and excite: one place comes out, and
/// each channel of it is a scalar product of contiguous numbers.
/// </summary>
internal sealed class PointConvolution<T>(ConvolutionGeometry geometry) : ConvolutionAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Grain = 16;

    private readonly T[] _weights = TensorElements.Of<T>(geometry.Convolution.Weight);

    public static bool Fits(ConvolutionGeometry geometry) =>
        geometry.OutputPlane == 1
        && geometry.Padding == default
        && geometry.Kernel.Height == geometry.InputHeight
        && geometry.Kernel.Width == geometry.InputWidth;

    public override void Run(KernelArguments<T> arguments, Epilogue<T> epilogue)
    {
        int depth = geometry.Depth;
        arguments.Workers.ForRanges(geometry.OutputChannels, Grain, (start, length) =>
        {
            for (int channel = start; channel < start + length; channel++)
            {
                ReadOnlySpan<T> row = _weights.AsSpan(channel * depth, depth);
                int group = channel / geometry.GroupOutputs;
                for (int picture = 0; picture < arguments.Pictures; picture++)
                {
                    ReadOnlySpan<T> input = arguments.Input.AsSpan(((picture * geometry.Groups) + group) * depth, depth);
                    int place = (picture * geometry.OutputChannels) + channel;
                    arguments.Output[place] = VectorMath.Dot(row, input);
                    epilogue.Apply(arguments.Output.AsSpan(place, 1), channel);
                }
            }
        });
    }
}
