using System.Numerics;
using PluginPrune.EngineManaged.Kernels;

namespace PluginPrune.EngineManaged.Planning;

/// <summary>One kernel to run: from which slots to which, and the first of the nodes that it computes.</summary>
internal sealed record Step<T>(Kernel<T> Kernel, int[] Inputs, int Output, string Node)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
