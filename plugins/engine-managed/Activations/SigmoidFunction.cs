using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

internal readonly struct SigmoidFunction : IVectorFunction<float>
{
    // exp(-x) overflows to infinity for very negative x, and the quotient is then 0, as it should be.
    public Vector<float> Apply(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Vector.Exp(-x));
}
