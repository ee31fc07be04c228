using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

internal readonly struct HardSwishFunction<T> : IVectorFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Vector<T> Apply(Vector<T> x)
    {
        Vector<T> ramp = (x + Vector.Create(T.CreateTruncating(3))) / Vector.Create(T.CreateTruncating(6));
        return x * Vector.Min(Vector.Max(ramp, Vector<T>.Zero), Vector<T>.One);
    }
}
