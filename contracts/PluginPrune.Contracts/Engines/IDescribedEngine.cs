namespace PluginPrune.Contracts.Engines;

/// <summary>An engine that can tell what it runs on.</summary>
public interface IDescribedEngine : IEngine
{
    /// <summary>Tells what the engine runs on; this may load its native library.</summary>
    /// <exception cref="EngineUnavailableException">Something is missing.</exception>
    EngineDescription Describe();
}
