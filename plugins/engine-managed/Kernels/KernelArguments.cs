using System.Numerics;
using System.Runtime.InteropServices;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>What a kernel works on. Arrays may be longer than their values: [pictures, channels, ...] from element 0 on.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KernelArguments<T>(T[][] Inputs, T[] Output, int Pictures, Workers Workers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T[] Input => Inputs[0];
}
