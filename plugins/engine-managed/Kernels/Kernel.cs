using System.Numerics;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Computes one node for a batch. Shapes and weights are fixed when it is made; running does not change it.</summary>
internal abstract class Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Fills the whole output, whose former contents are undefined.</summary>
    public abstract void Run(KernelArguments<T> arguments);
}
