using PluginPrune.Contracts.Options;

namespace PluginPrune.EngineOnnxRuntime;

/// <summary>The options of the engine.</summary>
internal sealed class OnnxRuntimeOptions
{
    /// <summary>How many threads compute at once.</summary>
    /// <value>The default is 0: as many as the machine has processors.</value>
    [Option("How many threads compute at once, 0 for one per processor", Minimum = 0)]
    public int Threads { get; init; }
}
