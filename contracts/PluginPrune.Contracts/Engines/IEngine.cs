using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Engines;

/// <summary>Runs networks.</summary>
/// <remarks>Safe to call from several threads.</remarks>
public interface IEngine
{
    /// <summary>Prepares a network for inference in single precision.</summary>
    /// <param name="network">The network; its input sizes are those that will be run.</param>
    /// <exception cref="NotSupportedException">The network has an operation that this engine does not run; the message names the node.</exception>
    IExecutable<float> Compile(Network network);
}
