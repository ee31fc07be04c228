using System.Runtime.InteropServices;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch;

/// <summary>Where an executable computes, and in what precision.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Placement(Device Device, ScalarType Type)
{
    /// <summary>A tensor that outlives all scopes. Four axes lie channels-last.</summary>
    public Tensor Keep(ReadOnlySpan<float> numbers, params ReadOnlySpan<long> shape) =>
        torch.tensor(numbers, shape, Type, Device, isChannelsLast: shape.Length == 4).DetachFromDisposeScope();
}
