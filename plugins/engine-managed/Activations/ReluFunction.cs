using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

internal readonly struct ReluFunction<T> : IVectorFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Vector<T> Apply(Vector<T> x) => Vector.Max(x, Vector<T>.Zero);
}
