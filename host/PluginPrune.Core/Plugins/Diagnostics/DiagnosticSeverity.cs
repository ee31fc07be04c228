namespace PluginPrune.Core.Plugins;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Nothing to be done.</summary>
    Information,

    /// <summary>The plugin works; someone should look.</summary>
    Warning,

    /// <summary>The plugin, or what was asked of it, cannot be used.</summary>
    Error,
}
