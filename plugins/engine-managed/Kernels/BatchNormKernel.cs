using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineManaged.Convolutions;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>A batch norm that stands alone.</summary>
internal sealed class BatchNormKernel<T>(BatchNorm norm, Shape shape) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Epilogue<T> _epilogue = Epilogue<T>.Bias(shape.Channels, null).Then(norm);

    public override void Run(KernelArguments<T> arguments)
    {
        int plane = shape.ElementsPerChannel;
        arguments.Workers.For(arguments.Pictures * shape.Channels, i =>
        {
            Span<T> output = arguments.Output.AsSpan(i * plane, plane);
            arguments.Input.AsSpan(i * plane, plane).CopyTo(output);
            _epilogue.Apply(output, i % shape.Channels);
        });
    }
}
