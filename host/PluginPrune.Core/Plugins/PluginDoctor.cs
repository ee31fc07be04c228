using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>Runs every check on every plugin, loading those that can be loaded and trying what they contribute.</summary>
public static class PluginDoctor
{
    /// <summary>Examines all plugins of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="hostOptions">Options of the host's own command line with their dashes, which a contribution's cannot be.</param>
    /// <returns>One report for each folder with a plugin.json, in the catalogue's order.</returns>
    public static ImmutableArray<PluginReport> Examine(PluginHost host, params IEnumerable<string> hostOptions)
    {
        ArgumentNullException.ThrowIfNull(host);
        var taken = hostOptions.ToHashSet(StringComparer.Ordinal);
        ILookup<string?, PluginDiagnostic> conflicts = host.Catalog.FindNameConflicts().ToLookup(static conflict => conflict.Path, StringComparer.Ordinal);
        return [.. host.Catalog.Plugins.Select(plugin => Examine(host, plugin, [.. conflicts[plugin.Folder]], taken))];
    }

    private static PluginReport Examine(PluginHost host, PluginEntry plugin, ImmutableArray<PluginDiagnostic> conflicts, HashSet<string> taken)
    {
        if (plugin.State != PluginState.Ok)
        {
            return new PluginReport(plugin, plugin.State, Sort(plugin.Diagnostics), LoadTime: null);
        }

        PluginActivation activation = host.Activate(plugin);
        (ImmutableArray<EngineReport> engines, ImmutableArray<PluginDiagnostic> faults) = activation.Plugin is null ? ([], []) : EngineTrial.Run(host, plugin.Manifest!);
        ImmutableArray<PluginDiagnostic> trial = activation.Plugin is null ? [] : [.. PluginTrial.Run(host, plugin.Manifest!), .. faults];
        PluginState state = activation.Plugin is null ? StateOf(activation.Diagnostics)
            : !trial.IsEmpty ? PluginState.Failed
            : !conflicts.IsEmpty ? PluginState.Conflicting
            : PluginState.Ok;
        return new PluginReport(
            plugin,
            state,
            Sort([.. plugin.Diagnostics, .. activation.Diagnostics, .. trial, .. conflicts, .. FindTakenOptions(plugin.Manifest!, taken)]),
            activation.LoadTime)
        { Engines = engines };
    }

    private static IEnumerable<PluginDiagnostic> FindTakenOptions(PluginManifest manifest, HashSet<string> taken) =>
        from contribution in manifest.Contributions
        from option in contribution.Options
        where taken.Contains("--" + option.Name)
        select new PluginDiagnostic(
            DiagnosticCodes.OptionTaken,
            DiagnosticSeverity.Warning,
            manifest.Id,
            null,
            $"The {NameLookup.Word(contribution.Kind)} '{contribution.Name}' has an option '{option.Name}'; --{option.Name} is the host's own.",
            $"Give it as --set {contribution.Name}.{option.Name}=VALUE.");

    /// <summary>What the files tell before anything is loaded is incompatibility (PP01xx); the rest is failure.</summary>
    private static PluginState StateOf(ImmutableArray<PluginDiagnostic> diagnostics)
    {
        string code = diagnostics.First(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Code;
        return code is DiagnosticCodes.ContractsReference or DiagnosticCodes.NewerFramework ? PluginState.Incompatible : PluginState.Failed;
    }

    private static ImmutableArray<PluginDiagnostic> Sort(ImmutableArray<PluginDiagnostic> diagnostics) =>
        [.. diagnostics.OrderByDescending(static diagnostic => diagnostic.Severity)];
}
