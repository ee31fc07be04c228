using System.Runtime.Intrinsics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged;

/// <summary>The embedded engine. One generic implementation serves both precisions.</summary>
internal sealed class ManagedEngine(ManagedEngineOptions options) : IDoublePrecisionEngine, IParallelEngine, IDescribedEngine
{
    public int Threads => new Workers(options.Threads).Threads;

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

    public IExecutable<float> CompileParallel(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new ManagedExecutable<float>(network, new Workers(1));
    }

    public EngineDescription Describe() => new(
        $".NET {Environment.Version}, {VectorBits} bits", null, Threads, ["cpu"]);

    /// <summary>How many bits the processor computes with at once, which says much about how quick it is.</summary>
    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
