using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

/// <summary>With n = exp(x), tanh(ln(1 + n)) is n (n + 2) / (n (n + 2) + 2): one exponential in place of three functions.</summary>
internal readonly struct MishFunction : IVectorFunction<float>
{
    // The quotient is 1 in single precision from here on, and the square of the exponential still far from overflow.
    private const float Limit = 20;

    public Vector<float> Apply(Vector<float> x)
    {
        Vector<float> n = Vector.Exp(Vector.Min(x, Vector.Create(Limit)));
        Vector<float> product = n * (n + Vector.Create(2f));
        return x * (product / (product + Vector.Create(2f)));
    }
}
