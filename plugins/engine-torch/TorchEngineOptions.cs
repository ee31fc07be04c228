using PluginPrune.Contracts.Options;

namespace PluginPrune.EngineTorch;

/// <summary>The options of the engine.</summary>
internal sealed class TorchEngineOptions
{
    /// <summary>How many threads compute at once on the processor.</summary>
    /// <value>The default is 0: as many as the machine has processors.</value>
    [Option("How many threads compute at once, 0 for one per processor", Minimum = 0, Maximum = 1024)]
    public int Threads { get; init; }

    /// <summary>Where networks run.</summary>
    /// <value>The default is 'cpu'.</value>
    [Option("Where networks run: cpu, cuda, or cuda:1 for the second CUDA device")]
    public string Device { get; init; } = "cpu";

    /// <summary>Whether networks run in half precision, and are trained with convolutions in it, on CUDA alone.</summary>
    /// <value>The default is false.</value>
    [Option("Runs networks in half precision, and trains them in mixed precision; on CUDA alone")]
    public bool Half { get; init; }
}
