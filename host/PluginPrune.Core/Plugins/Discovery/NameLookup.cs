using System.Collections.Immutable;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>Finds a contribution by name, and says as much as can be said where there is none.</summary>
internal sealed class NameLookup(PluginCatalog catalog, ContributionKind kind)
{
    public ContributionLookup Find(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string? id = slash < 0 ? null : name[..slash];
        string shortName = name[(slash + 1)..];
        (PluginEntry Plugin, ContributionInfo Contribution)[] found =
        [
            .. catalog.Usable
                .Where(plugin => id is null || plugin.Id == id)
                .SelectMany(static plugin => plugin.Manifest!.Contributions, static (plugin, contribution) => (plugin, contribution))
                .Where(pair => pair.contribution.Kind == kind && pair.contribution.Name == shortName),
        ];
        return found switch
        {
            [var (plugin, contribution)] => new ContributionLookup(plugin, contribution, []),
            [] => new ContributionLookup(null, null, Explain(name, id, shortName)),
            _ => new ContributionLookup(null, null, [Conflict(found, found[0].Plugin)]),
        };
    }

    public static PluginDiagnostic Conflict((PluginEntry Plugin, ContributionInfo Contribution)[] found, PluginEntry plugin)
    {
        ContributionInfo first = found[0].Contribution;
        string plugins = string.Join(" and ", found.Select(static pair => $"{pair.Plugin.Id} ({pair.Plugin.Folder})"));
        string names = string.Join(" or ", found.Select(static pair => $"'{pair.Contribution.FullName}'"));
        return new PluginDiagnostic(
            DiagnosticCodes.NameConflict,
            DiagnosticSeverity.Error,
            plugin.Id,
            plugin.Folder,
            $"The {Word(first.Kind)} '{first.Name}' is contributed by {plugins}.",
            $"Say {names}, or remove one of the plugins.");
    }

    public static string Word(ContributionKind kind) => kind switch
    {
        ContributionKind.Criterion => "criterion",
        ContributionKind.BlockCriterion => "block criterion",
        ContributionKind.Format => "format",
        ContributionKind.Head => "head",
        ContributionKind.Engine => "engine",
        ContributionKind.Dataset => "dataset format",
        ContributionKind.Scheduler => "scheduler",
        _ => "evaluator",
    };

    /// <summary>A plugin that has the name and cannot be used is the likeliest reason, so it comes first.</summary>
    private ImmutableArray<PluginDiagnostic> Explain(string name, string? id, string shortName)
    {
        var diagnostics = ImmutableArray.CreateBuilder<PluginDiagnostic>();
        foreach (PluginEntry plugin in catalog.Plugins.Where(plugin => plugin.State is PluginState.Invalid or PluginState.Incompatible))
        {
            if ((id is null || plugin.Id == id) && plugin.Names.Contains((kind, shortName)))
            {
                diagnostics.AddRange(plugin.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            }
        }

        string owner = diagnostics.Count == 0 ? string.Empty : $" {diagnostics[0].PluginId ?? diagnostics[0].Path} would, and cannot be used: {diagnostics[0].Code}.";
        diagnostics.Add(new PluginDiagnostic(
            DiagnosticCodes.NameUnknown,
            DiagnosticSeverity.Error,
            null,
            null,
            $"No usable plugin contributes the {Word(kind)} '{name}'.{owner}",
            Remedy(name, id)));
        return diagnostics.ToImmutable();
    }

    private string Remedy(string name, string? id)
    {
        string[] known = [.. catalog.Contributions(kind).Select(contribution => id is null ? contribution.Name : contribution.FullName).Distinct(StringComparer.Ordinal)];
        ImmutableArray<string> near = NearestNames.Of(name, known);
        if (!near.IsEmpty)
        {
            return $"Did you mean {string.Join(" or ", near.Select(static candidate => $"'{candidate}'"))}?";
        }

        return known.Length == 0
            ? $"Install a plugin that contributes a {Word(kind)}; 'host plugin doctor' shows what was found."
            : $"There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
    }
}
