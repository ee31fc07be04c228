using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>Runs every check on every plugin, loading those that can be loaded.</summary>
public static class PluginDoctor
{
    /// <summary>Examines all plugins of a host.</summary>
    /// <param name="host">The host.</param>
    /// <returns>One report for each folder with a plugin.json, in the catalogue's order.</returns>
    public static ImmutableArray<PluginReport> Examine(PluginHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        ILookup<string?, PluginDiagnostic> conflicts = host.Catalog.FindNameConflicts().ToLookup(static conflict => conflict.Path, StringComparer.Ordinal);
        return [.. host.Catalog.Plugins.Select(plugin => Examine(host, plugin, [.. conflicts[plugin.Folder]]))];
    }

    private static PluginReport Examine(PluginHost host, PluginEntry plugin, ImmutableArray<PluginDiagnostic> conflicts)
    {
        if (plugin.State != PluginState.Ok)
        {
            return new PluginReport(plugin, plugin.State, Sort(plugin.Diagnostics), LoadTime: null);
        }

        PluginActivation activation = host.Activate(plugin);
        PluginState state = activation.Plugin is null
            ? StateOf(activation.Diagnostics)
            : conflicts.IsEmpty ? PluginState.Ok : PluginState.Conflicting;
        return new PluginReport(
            plugin, state, Sort([.. plugin.Diagnostics, .. activation.Diagnostics, .. conflicts]), activation.LoadTime);
    }

    /// <summary>What the files tell before anything is loaded is incompatibility (PP01xx); the rest is failure.</summary>
    private static PluginState StateOf(ImmutableArray<PluginDiagnostic> diagnostics)
    {
        string code = diagnostics.First(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Code;
        return code is DiagnosticCodes.ContractsReference or DiagnosticCodes.NewerFramework ? PluginState.Incompatible : PluginState.Failed;
    }

    private static ImmutableArray<PluginDiagnostic> Sort(ImmutableArray<PluginDiagnostic> diagnostics) =>
        [.. diagnostics.OrderByDescending(static diagnostic => diagnostic.Severity)];
}
