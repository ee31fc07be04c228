using System.Collections.Immutable;
using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Axes in another order: walks the output in its order and the input by the strides of the axes.</summary>
internal sealed class TransposeKernel<T> : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _extents;
    private readonly int[] _strides;
    private readonly int _count;

    public TransposeKernel(Shape input, ImmutableArray<int> order)
    {
        int[] inputStrides = new int[input.Rank];
        int stride = 1;
        for (int axis = input.Rank - 1; axis >= 0; axis--)
        {
            inputStrides[axis] = stride;
            stride *= input[axis];
        }

        _extents = [.. order.Select(axis => input[axis])];
        _strides = [.. order.Select(axis => inputStrides[axis])];
        _count = input.Count;
    }

    public override void Run(KernelArguments<T> arguments)
    {
        int slab = _count / _extents[0];
        arguments.Workers.For(arguments.Pictures * _extents[0], i =>
        {
            (int picture, int outer) = Math.DivRem(i, _extents[0]);
            RunSlab(
                arguments.Input.AsSpan((picture * _count) + (outer * _strides[0])),
                arguments.Output.AsSpan(i * slab, slab));
        });
    }

    private void RunSlab(ReadOnlySpan<T> input, Span<T> output)
    {
        Span<int> index = stackalloc int[_extents.Length];
        index.Clear();
        int source = 0;
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = input[source];
            for (int axis = index.Length - 1; axis > 0; axis--)
            {
                source += _strides[axis];
                if (++index[axis] < _extents[axis])
                {
                    break;
                }

                source -= _strides[axis] * _extents[axis];
                index[axis] = 0;
            }
        }
    }
}
