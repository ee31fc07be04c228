using System.Collections.Immutable;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>All plugins that were found and what their manifests say. Immutable; nothing is loaded to make it.</summary>
public sealed class PluginCatalog
{
    private PluginCatalog(ImmutableArray<PluginEntry> plugins, ImmutableArray<PluginDiagnostic> diagnostics)
    {
        Plugins = plugins;
        Diagnostics = diagnostics;
        Usable = [.. plugins.Where(static plugin => plugin.State == PluginState.Ok)];
    }

    /// <summary>Every folder with a plugin.json, in the order of the roots and of the folders' names.</summary>
    public ImmutableArray<PluginEntry> Plugins { get; }

    /// <summary>Those that can be used, as far as manifests tell.</summary>
    public ImmutableArray<PluginEntry> Usable { get; }

    /// <summary>What was noticed that belongs to no plugin.</summary>
    public ImmutableArray<PluginDiagnostic> Diagnostics { get; }

    /// <summary>Looks into the roots.</summary>
    /// <param name="roots">The roots.</param>
    public static PluginCatalog Discover(PluginRoots roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var diagnostics = new List<PluginDiagnostic>(roots.Diagnostics);
        List<PluginEntry> entries = PluginScanner.Scan(roots, HostContracts.Version, diagnostics);
        return new PluginCatalog(VersionChoice.Choose(entries), [.. diagnostics]);
    }

    /// <summary>What can be asked for by name, of one kind, in the order of the plugins.</summary>
    /// <param name="kind">The kind.</param>
    public ImmutableArray<ContributionInfo> Contributions(ContributionKind kind) =>
        [.. Usable.SelectMany(static plugin => plugin.Manifest!.Contributions).Where(contribution => contribution.Kind == kind)];

    /// <summary>Finds a contribution.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name, or 'publisher.plugin/name'.</param>
    public ContributionLookup Find(ContributionKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new NameLookup(this, kind).Find(name);
    }

    /// <summary>Names that two plugins contribute, one diagnostic for each plugin and name.</summary>
    public ImmutableArray<PluginDiagnostic> FindNameConflicts() =>
    [
        .. Usable
            .SelectMany(static plugin => plugin.Manifest!.Contributions, static (plugin, contribution) => (plugin, contribution))
            .GroupBy(static pair => (pair.contribution.Kind, pair.contribution.Name))
            .Where(static group => group.Count() > 1)
            .SelectMany(static group => group.Select(pair =>
                NameLookup.Conflict([.. group], pair.plugin) with { Severity = DiagnosticSeverity.Warning })),
    ];
}
