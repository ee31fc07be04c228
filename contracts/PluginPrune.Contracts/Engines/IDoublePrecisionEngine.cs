using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Engines;

/// <summary>An engine that can also compute in double precision, as a reference for others.</summary>
public interface IDoublePrecisionEngine : IEngine
{
    /// <summary>Prepares a network for inference in double precision.</summary>
    /// <inheritdoc cref="IEngine.Compile" path="/param|/exception" />
    IExecutable<double> CompileDouble(Network network);
}
