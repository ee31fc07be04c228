using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

internal readonly struct LeakyReluFunction<T>(T slope) : IVectorFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Vector<T> Apply(Vector<T> x) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), x, x * slope);
}
