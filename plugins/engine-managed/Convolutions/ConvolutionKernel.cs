using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>A convolution with what follows it. Several of them may share the algorithm, which holds the weights.</summary>
internal sealed class ConvolutionKernel<T>(ConvolutionAlgorithm<T> algorithm, Epilogue<T> epilogue) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Epilogue<T> Epilogue => epilogue;

    public static ConvolutionKernel<T> Create(Convolution convolution, Shape input, Shape output)
    {
        var geometry = new ConvolutionGeometry(convolution, input, output);
        ConvolutionAlgorithm<T> algorithm = geometry switch
        {
            _ when convolution.IsDepthwise => new DepthwiseConvolution<T>(geometry),
            _ when PointConvolution<T>.Fits(geometry) => new PointConvolution<T>(geometry),
            _ => new TiledConvolution<T>(geometry, TileKernel<T>.Best),
        };
        return new ConvolutionKernel<T>(algorithm, Epilogue<T>.Bias(output.Channels, convolution.Bias));
    }

    public ConvolutionKernel<T> With(Epilogue<T> other) => new(algorithm, other);

    public override void Run(KernelArguments<T> arguments) => algorithm.Run(arguments, epilogue);
}
