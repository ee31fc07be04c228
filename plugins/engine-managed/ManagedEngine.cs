using System.Runtime.Intrinsics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged;

/// <summary>The embedded engine. One generic implementation serves both precisions.</summary>
internal sealed class ManagedEngine(ManagedEngineOptions options) : IDoublePrecisionEngine, IDescribedEngine
{
    public IExecutable<float> Compile(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new ProfilingExecutable(network, new Workers(options.Threads));
    }

    public IExecutable<double> CompileDouble(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new ManagedExecutable<double>(network, new Workers(options.Threads));
    }

    public EngineDescription Describe() => new(
        $".NET {Environment.Version}, {VectorBits} bits", null, new Workers(options.Threads).Threads, ["cpu"]);

    /// <summary>How many bits the processor computes with at once, which says much about how quick it is.</summary>
    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
