namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>Tests that watch the memory of the process: they run alone, since others would be counted.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryCollection
{
    public const string Name = "memory";
}
