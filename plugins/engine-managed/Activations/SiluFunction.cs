using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

internal readonly struct SiluFunction : IVectorFunction<float>
{
    public Vector<float> Apply(Vector<float> x) => x / (Vector<float>.One + Vector.Exp(-x));
}
