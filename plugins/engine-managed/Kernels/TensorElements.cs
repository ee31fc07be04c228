using System.Numerics;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Tensors in the precision of a kernel.</summary>
internal static class TensorElements
{
    public static T[] Of<T>(Tensor tensor)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<float> floats = tensor.Floats;
        var elements = new T[floats.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = T.CreateTruncating(floats[i]);
        }

        return elements;
    }
}
