using System.Numerics;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>A way to compute convolutions, with the weights laid out for it.</summary>
internal abstract class ConvolutionAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public abstract void Run(KernelArguments<T> arguments, Epilogue<T> epilogue);
}
