using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineManaged;
using PluginPrune.EngineManaged.Convolutions;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>The processor chooses one tile kernel; these tests run all of them, with emulation of what it lacks.</summary>
public sealed class TileKernelTests
{
    [Theory]
    [InlineData(3, 5, 9, 11)]
    [InlineData(40, 51, 13, 13)]
    [InlineData(2, 48, 24, 24)]
    public void Every_tile_kernel_computes_the_convolution_in_both_precisions(int input, int output, int height, int width)
    {
        Check(new WideTileKernel<float>(), input, output, height, width, 1e-5);
        Check(new NarrowTileKernel<float>(), input, output, height, width, 1e-5);
        Check(new WideTileKernel<double>(), input, output, height, width, 1e-12);
        Check(new NarrowTileKernel<double>(), input, output, height, width, 1e-12);
    }

    private static void Check<T>(TileKernel<T> kernel, int input, int output, int height, int width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sketch = new NetworkSketch(new Random(input));
        Convolution convolution = sketch.Convolution(output, input, 3);
        Network network = sketch.Input("x", input, height, width).Node("y", convolution, "x").Build();
        float[] picture = sketch.Numbers(network.ShapeOf("x").Count);
        var geometry = new ConvolutionGeometry(convolution, network.ShapeOf("x"), network.ShapeOf("y"));
        var algorithm = new TiledConvolution<T>(geometry, kernel);
        var results = new T[network.ShapeOf("y").Count];

        T[] source = Array.ConvertAll(picture, T.CreateTruncating);
        algorithm.Run(new KernelArguments<T>([source], results, 1, new Workers(2)), Epilogue<T>.Bias(output, null));

        double[] expected = Naive.Run(network, Array.ConvertAll(picture, static x => (double)x))["y"];
        Comparison.ShouldBeClose(
            Array.ConvertAll(results, static x => double.CreateTruncating(x)), expected, tolerance, kernel.GetType().Name);
    }
}
