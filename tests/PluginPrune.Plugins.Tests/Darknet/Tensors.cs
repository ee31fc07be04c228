using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Small tensors, and parts of tensors.</summary>
internal static class Tensors
{
    /// <summary>Numbers that all differ.</summary>
    public static Tensor Ramp(params int[] extents)
    {
        var shape = new Shape(extents);
        return Tensor.FromFloats(shape, [.. Enumerable.Range(0, shape.Count).Select(static i => 0.25f + (0.5f * i))]);
    }

    /// <summary>The places of one of the first two axes that stay.</summary>
    public static Tensor Take(Tensor tensor, int axis, int[] places)
    {
        int[] extents = [.. tensor.Shape.Dimensions];
        int outer = axis == 0 ? 1 : extents[0];
        int inner = extents[(axis + 1)..].Aggregate(1, static (product, extent) => product * extent);
        float[] all = tensor.Floats.ToArray();
        float[] kept = [.. Enumerable.Range(0, outer).SelectMany(o => places.SelectMany(place => all.Skip(((o * extents[axis]) + place) * inner).Take(inner)))];
        extents[axis] = places.Length;
        return Tensor.FromFloats(new Shape(extents), kept);
    }
}
