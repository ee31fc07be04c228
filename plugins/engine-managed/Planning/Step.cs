using System.Numerics;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Planning;

/// <summary>One kernel to run: from which slots to which.</summary>
internal sealed record Step<T>(Kernel<T> Kernel, int[] Inputs, int Output)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
