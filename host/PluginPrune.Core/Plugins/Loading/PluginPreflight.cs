using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>What can be checked of a plugin's files before any of its code is loaded.</summary>
public static class PluginPreflight
{
    /// <summary>Checks the files of a plugin.</summary>
    /// <param name="plugin">One with a manifest.</param>
    /// <returns>Errors that forbid loading it, and warnings; empty where all is well.</returns>
    public static ImmutableArray<PluginDiagnostic> Check(PluginEntry plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(plugin.Manifest);
        try
        {
            return [.. CheckFiles(plugin, plugin.Manifest)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [Error(plugin, DiagnosticCodes.EntryAssemblyMissing, $"{plugin.Manifest.EntryAssembly} cannot be read: {fault.Message}", "Check the rights of the folder.")];
        }
    }

    private static IEnumerable<PluginDiagnostic> CheckFiles(PluginEntry plugin, PluginManifest manifest)
    {
        string path = plugin.EntryPath;
        if (!File.Exists(path))
        {
            yield return Error(plugin, DiagnosticCodes.EntryAssemblyMissing, $"The entry assembly {manifest.EntryAssembly} is not in the plugin's folder.", "Install the plugin again, all files that 'dotnet publish' writes.");
            yield break;
        }

        string list = Path.ChangeExtension(path, ".deps.json");
        foreach (string file in new[] { path, list }.Where(File.Exists))
        {
            string real = PluginFolder.RealPath(file);
            if (!PluginFolder.Contains(plugin.Folder, real))
            {
                yield return Error(plugin, DiagnosticCodes.OutsideFolder, $"{Path.GetFileName(file)} leads to {real}, outside the plugin's folder.", "Copy the file into the folder; a plugin brings all that it needs.");
                yield break;
            }
        }

        if (DependencyList.FindFault(list) is { } listFault)
        {
            yield return DependencyListCorrupt(plugin, listFault);
            yield break;
        }

        (AssemblyFacts? facts, string? damage) = TryRead(path, manifest.EntryType);
        if (facts is null)
        {
            yield return Error(plugin, DiagnosticCodes.EntryAssemblyCorrupt, $"{manifest.EntryAssembly} is not a .NET assembly or is damaged: {damage}.", "Install the plugin again.");
            yield break;
        }

        foreach (PluginDiagnostic diagnostic in CheckFacts(plugin, manifest, facts))
        {
            yield return diagnostic;
        }

        if (File.Exists(Path.Combine(plugin.Folder, HostContracts.Name + ".dll")))
        {
            yield return Error(plugin, DiagnosticCodes.OwnContracts, $"The plugin carries its own {HostContracts.Name}.dll, which is never loaded: the host's is.", "Leave it out: refer to the contracts with Private=\"false\" and ExcludeAssets=\"runtime\".") with { Severity = DiagnosticSeverity.Warning };
        }
    }

    private static (AssemblyFacts? Facts, string? Damage) TryRead(string path, string entryType)
    {
        try
        {
            return (AssemblyFactsReader.Read(path, entryType), null);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // The metadata reader has several ways to say that bytes make no sense.
            return (null, fault.Message.TrimEnd('.'));
        }
    }

    private static IEnumerable<PluginDiagnostic> CheckFacts(PluginEntry plugin, PluginManifest manifest, AssemblyFacts facts)
    {
        Version host = HostContracts.Version;
        if (facts.Contracts is null)
        {
            yield return Error(plugin, DiagnosticCodes.EntryTypeUnusable, $"{manifest.EntryAssembly} does not refer to {HostContracts.Name}, so nothing in it can be a plugin.", "Name the plugin's own assembly in entry.assembly.");
            yield break;
        }

        var range = ContractsRange.Of(facts.Contracts);
        if (!range.Allows(host))
        {
            yield return Error(plugin, DiagnosticCodes.ContractsReference, $"{manifest.EntryAssembly} was compiled with contracts {facts.Contracts.ToString(2)}, whatever its manifest says; this host has {host.ToString(2)}.", HostContracts.RemedyFor(range, host));
        }

        if (facts.Framework is { } framework && framework > new Version(Environment.Version.Major, Environment.Version.Minor))
        {
            yield return Error(plugin, DiagnosticCodes.NewerFramework, $"{manifest.EntryAssembly} was built for .NET {framework}; the host runs on {Environment.Version.ToString(2)}.", "Install that .NET and a host for it, or a version of the plugin for this one.");
        }

        if (facts.EntryFault is { } fault)
        {
            yield return EntryTypeUnusable(plugin, fault);
        }
    }

    internal static PluginDiagnostic DependencyListCorrupt(PluginEntry plugin, string fault)
    {
        string list = Path.ChangeExtension(plugin.EntryPath, ".deps.json");
        return Error(plugin, DiagnosticCodes.DependencyListCorrupt, $"{Path.GetFileName(list)} cannot be used: {fault}.", "Install the plugin again.") with { Path = list };
    }

    internal static PluginDiagnostic EntryTypeUnusable(PluginEntry plugin, string fault) => Error(
        plugin,
        DiagnosticCodes.EntryTypeUnusable,
        $"The entry type {plugin.Manifest!.EntryType} {fault}.",
        "It must be a public class of the entry assembly, with a constructor without parameters, that implements IPlugin. Rebuild the plugin, which writes the manifest.");

    private static PluginDiagnostic Error(PluginEntry plugin, string code, string message, string remedy) =>
        new(code, DiagnosticSeverity.Error, plugin.Id, plugin.EntryPath, message, remedy);
}
