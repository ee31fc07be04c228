using System.Numerics;
using PluginPrune.EngineManaged.Activations;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>An activation that stands alone.</summary>
internal sealed class ActivationKernel<T>(ActivationFunction<T> function, int count) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Grain = 16384;

    public override void Run(KernelArguments<T> arguments) =>
        arguments.Workers.ForRanges(arguments.Pictures * count, Grain, (start, length) =>
            function.Apply(arguments.Input.AsSpan(start, length), arguments.Output.AsSpan(start, length)));
}
