namespace PluginPrune.Contracts.Plugins;

/// <summary>Takes what a plugin contributes. <see cref="PluginRegistryExtensions"/> makes contributions of each kind.</summary>
public interface IPluginRegistry
{
    /// <summary>Adds a contribution.</summary>
    /// <param name="contribution">Its kind and name are unique in the plugin.</param>
    void Add(Contribution contribution);
}
