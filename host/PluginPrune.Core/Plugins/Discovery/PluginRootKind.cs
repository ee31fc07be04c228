namespace PluginPrune.Core.Plugins;

/// <summary>Who named a folder of plugins.</summary>
public enum PluginRootKind
{
    /// <summary>--plugins DIR.</summary>
    CommandLine,

    /// <summary>The variable PLUGINPRUNE_PLUGINS.</summary>
    Environment,

    /// <summary>The user's data folder.</summary>
    User,

    /// <summary>Beside the host.</summary>
    Bundled,
}
