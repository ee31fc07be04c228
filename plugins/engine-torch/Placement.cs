using System.Runtime.InteropServices;
using PluginPrune.Contracts.Engines;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch;

/// <summary>Where an executable computes, and in what precision.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Placement(Device Device, ScalarType Type)
{
    /// <summary>A tensor that outlives all scopes. Four axes lie channels-last.</summary>
    public Tensor Keep(ReadOnlySpan<float> numbers, params ReadOnlySpan<long> shape) =>
        torch.tensor(numbers, shape, Type, Device, isChannelsLast: shape.Length == 4).DetachFromDisposeScope();

    /// <summary>A batch as a tensor.</summary>
    public Tensor Input(Batch<float> batch)
    {
        Span<long> shape = stackalloc long[batch.Shape.Rank + 1];
        shape[0] = batch.Size;
        for (int i = 0; i < batch.Shape.Rank; i++)
        {
            shape[i + 1] = batch.Shape[i];
        }

        return torch.tensor(batch.Elements, shape, Type, Device, isChannelsLast: shape.Length == 4);
    }
}
