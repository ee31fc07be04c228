using System.Numerics;

namespace PluginPrune.EngineManaged.Activations;

/// <summary>A function of one variable on several elements at once.</summary>
internal interface IVectorFunction<T>
{
    Vector<T> Apply(Vector<T> x);
}
