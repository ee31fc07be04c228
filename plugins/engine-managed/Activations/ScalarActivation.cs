using System.Numerics;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineManaged.Activations;

/// <summary>The contract's formula in double precision, element by element.</summary>
internal sealed class ScalarActivation<T>(Activation activation) : ActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Apply(ReadOnlySpan<T> source, Span<T> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = T.CreateTruncating(activation.Apply(double.CreateTruncating(source[i])));
        }
    }
}
