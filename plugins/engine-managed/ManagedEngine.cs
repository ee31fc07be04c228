using System.Globalization;
using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineManaged;

/// <summary>The embedded engine. One generic implementation serves both precisions.</summary>
internal sealed class ManagedEngine(ManagedEngineOptions options) : IDoublePrecisionEngine, IDescribedEngine
{
    public IExecutable<float> Compile(Network network) => Compile<float>(network);

    public IExecutable<double> CompileDouble(Network network) => Compile<double>(network);

    public EngineDescription Describe() => new(
        $".NET {Environment.Version}",
        null,
        options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
        [string.Create(CultureInfo.InvariantCulture, $"cpu, vectors of {Vector<byte>.Count * 8} bits")]);

    private ManagedExecutable<T> Compile<T>(Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new ManagedExecutable<T>(network, new Workers(options.Threads));
    }
}
