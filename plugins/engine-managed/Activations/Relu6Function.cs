using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

internal readonly struct Relu6Function<T> : IVectorFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Vector<T> Apply(Vector<T> x) => Vector.Min(Vector.Max(x, Vector<T>.Zero), Vector.Create(T.CreateTruncating(6)));
}
