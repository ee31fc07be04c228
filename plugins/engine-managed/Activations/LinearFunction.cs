using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

internal readonly struct LinearFunction<T> : IVectorFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Vector<T> Apply(Vector<T> x) => x;
}
