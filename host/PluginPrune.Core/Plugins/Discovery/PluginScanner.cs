using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>Finds the folders with a plugin.json and reads each, in an order that does not depend on the file system.</summary>
internal static class PluginScanner
{
    /// <summary>A folder that cannot be entered hides itself, not its neighbours.</summary>
    private static readonly EnumerationOptions Enumeration = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    public static List<PluginEntry> Scan(PluginRoots roots, Version host, ICollection<PluginDiagnostic> diagnostics)
    {
        var entries = new List<PluginEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (PluginRoot root in roots.Roots.Where(static root => Directory.Exists(root.Path)))
        {
            try
            {
                foreach (string folder in FindFolders(root.Path))
                {
                    // One folder that two roots reach is one plugin.
                    string real = PluginFolder.RealPath(folder);
                    if (seen.Add(real))
                    {
                        entries.Add(Read(real, root, host));
                    }
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(new PluginDiagnostic(DiagnosticCodes.RootUnusable, DiagnosticSeverity.Warning, null, root.Path, $"{root.Path} cannot be looked into: {fault.Message}", "Check the rights of the folder."));
            }
        }

        return entries;
    }

    private static IEnumerable<string> FindFolders(string root)
    {
        // DIR itself may be the plugin: the output of somebody's build.
        if (HoldsManifest(root))
        {
            yield return root;
            yield break;
        }

        foreach (string folder in Subfolders(root))
        {
            if (HoldsManifest(folder))
            {
                yield return folder;
                continue;
            }

            foreach (string version in Subfolders(folder).Where(HoldsManifest))
            {
                yield return version;
            }
        }
    }

    /// <summary>Hidden folders are left out: an installation that is under way lies in one.</summary>
    private static IEnumerable<string> Subfolders(string folder) =>
        Directory.EnumerateDirectories(folder, "*", Enumeration)
            .Where(static path => Path.GetFileName(path)[0] != '.')
            .Order(StringComparer.Ordinal);

    private static bool HoldsManifest(string folder) => File.Exists(Path.Combine(folder, ManifestReader.FileName));

    private static PluginEntry Read(string folder, PluginRoot root, Version host)
    {
        string file = Path.Combine(folder, ManifestReader.FileName);
        if (!PluginFolder.Contains(folder, PluginFolder.RealPath(file)))
        {
            return new PluginEntry
            {
                Folder = folder,
                Root = root,
                State = PluginState.Invalid,
                Diagnostics = [new PluginDiagnostic(DiagnosticCodes.OutsideFolder, DiagnosticSeverity.Error, null, file, "The manifest is a link to a file outside the plugin's folder.", "Copy the file into the folder.")],
            };
        }

        ManifestReading reading = ManifestReader.Read(file);
        var entry = new PluginEntry
        {
            Folder = folder,
            Root = root,
            Manifest = reading.Manifest,
            Id = reading.Id,
            Names = reading.Names,
            State = reading.Manifest is null ? PluginState.Invalid : PluginState.Ok,
            Diagnostics = reading.Diagnostics,
        };
        return entry.Manifest is { } manifest && !manifest.Contracts.Allows(host)
            ? entry with { State = PluginState.Incompatible, Diagnostics = entry.Diagnostics.Add(WrongContracts(entry, manifest, host)) }
            : entry;
    }

    private static PluginDiagnostic WrongContracts(PluginEntry entry, PluginManifest manifest, Version host) => new(
        DiagnosticCodes.ContractsRange,
        DiagnosticSeverity.Error,
        entry.Id,
        Path.Combine(entry.Folder, ManifestReader.FileName),
        $"{manifest.Id} {manifest.Version} needs contracts {manifest.Contracts}; this host has {host.Major}.{host.Minor}.",
        HostContracts.RemedyFor(manifest.Contracts, host));
}
