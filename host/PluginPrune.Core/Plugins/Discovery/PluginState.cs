namespace PluginPrune.Core.Plugins;

/// <summary>What became of a folder that holds a plugin.json.</summary>
public enum PluginState
{
    /// <summary>It can be used, as far as was looked.</summary>
    Ok,

    /// <summary>Its manifest has a fault.</summary>
    Invalid,

    /// <summary>It is for another host.</summary>
    Incompatible,

    /// <summary>A higher version of it is used.</summary>
    Superseded,

    /// <summary>Another plugin has its id and version, or a name of its contributions.</summary>
    Conflicting,

    /// <summary>It could not be loaded or activated.</summary>
    Failed,
}
