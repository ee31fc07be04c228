using System.Numerics;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>y = W x + b, row by row.</summary>
internal sealed class LinearKernel<T> : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _weight;
    private readonly T[] _bias;
    private readonly int _inputs;

    public LinearKernel(Linear linear)
    {
        _weight = TensorElements.Of<T>(linear.Weight);
        _bias = linear.Bias is { } bias ? TensorElements.Of<T>(bias) : new T[linear.Weight.Shape[0]];
        _inputs = linear.Weight.Shape[1];
    }

    public override void Run(KernelArguments<T> arguments) =>
        arguments.Workers.ForRanges(_bias.Length, 32, (start, length) =>
        {
            // Rows outside, pictures inside: the weights are what is large, and each is read once.
            for (int row = start; row < start + length; row++)
            {
                ReadOnlySpan<T> weights = _weight.AsSpan(row * _inputs, _inputs);
                for (int picture = 0; picture < arguments.Pictures; picture++)
                {
                    T product = VectorMath.Dot(weights, arguments.Input.AsSpan(picture * _inputs, _inputs));
                    arguments.Output[(picture * _bias.Length) + row] = product + _bias[row];
                }
            }
        });
}
