using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Values behind each other along the channels.</summary>
internal sealed class ConcatKernel<T>(Shape[] inputs) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _counts = [.. inputs.Select(static shape => shape.Count)];
    private readonly int _total = inputs.Sum(static shape => shape.Count);

    public override void Run(KernelArguments<T> arguments) =>
        arguments.Workers.For(arguments.Pictures, picture =>
        {
            Span<T> output = arguments.Output.AsSpan(picture * _total, _total);
            for (int i = 0; i < _counts.Length; i++)
            {
                arguments.Inputs[i].AsSpan(picture * _counts[i], _counts[i]).CopyTo(output);
                output = output[_counts[i]..];
            }
        });
}
