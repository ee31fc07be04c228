using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginPrune.EngineManaged.Activations;

/// <summary>Applies a vector function, which is compiled into the loop.</summary>
internal sealed class VectorActivation<T, TFunction>(TFunction function) : ActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IVectorFunction<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(ReadOnlySpan<T> source, Span<T> destination)
    {
        ReadOnlySpan<Vector<T>> sources = MemoryMarshal.Cast<T, Vector<T>>(source);
        Span<Vector<T>> destinations = MemoryMarshal.Cast<T, Vector<T>>(destination)[..sources.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            destinations[i] = function.Apply(sources[i]);
        }

        // The rest goes through a vector too, so that an element's result is the same wherever it stands.
        int done = sources.Length * Vector<T>.Count;
        if (done < source.Length)
        {
            Span<T> rest = stackalloc T[Vector<T>.Count];
            rest.Clear();
            source[done..].CopyTo(rest);
            function.Apply(new Vector<T>(rest)).CopyTo(rest);
            rest[..(source.Length - done)].CopyTo(destination[done..]);
        }
    }
}
