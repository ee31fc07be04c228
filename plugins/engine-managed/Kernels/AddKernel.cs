using System.Numerics;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>The sum of two or more values, from left to right.</summary>
internal sealed class AddKernel<T>(int count) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Grain = 16384;

    public override void Run(KernelArguments<T> arguments) =>
        arguments.Workers.ForRanges(arguments.Pictures * count, Grain, (start, length) =>
        {
            Span<T> output = arguments.Output.AsSpan(start, length);
            VectorMath.Add(arguments.Inputs[0].AsSpan(start, length), arguments.Inputs[1].AsSpan(start, length), output);
            for (int i = 2; i < arguments.Inputs.Length; i++)
            {
                VectorMath.Add(output, arguments.Inputs[i].AsSpan(start, length), output);
            }
        });
}
