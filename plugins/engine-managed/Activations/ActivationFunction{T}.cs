using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

/// <summary>A function of one variable. The result for an element does not depend on where in the span it stands.</summary>
internal abstract class ActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes all elements; the destination may be the source.</summary>
    public abstract void Apply(ReadOnlySpan<T> source, Span<T> destination);
}
