using System.Collections.Concurrent;

namespace PluginPrune.Shared.Datasets;

/// <summary>
/// Which files there are, folder by folder, listed once: asking the system for each of a hundred thousand labels would take
/// longer than reading them. Finds names that differ in case too. Safe from every thread.
/// </summary>
internal sealed class FileIndex
{
    private readonly ConcurrentDictionary<string, FolderListing?> _listings = new(StringComparer.Ordinal);

    /// <summary>Whether there is a file of exactly this path.</summary>
    public bool Exists(string path) => List(FolderOf(path))?.Files.Contains(Path.GetFileName(path)) == true;

    /// <summary>The file of this path but for the case of its letters, or null; of several the first in ordinal order.</summary>
    public string? FindAnyCase(string path) =>
        FindFolder(FolderOf(path)) is { } folder && List(folder)?.FilesAnyCase.TryGetValue(Path.GetFileName(path), out string? name) == true
            ? Path.Combine(folder, name)
            : null;

    /// <summary>The folder of this path but for the case of its letters, or null.</summary>
    public string? FindFolder(string path)
    {
        if (List(path) is not null)
        {
            return path;
        }

        return Path.GetDirectoryName(path) is { } parent && FindFolder(parent) is { } found
            && List(found)!.FoldersAnyCase.TryGetValue(Path.GetFileName(path), out string? name)
                ? Path.Combine(found, name)
                : null;
    }

    /// <summary>The full paths of the files in a folder, in ordinal order; none where there is no such folder.</summary>
    public IEnumerable<string> FilesIn(string folder) =>
        List(folder)?.Files.Order(StringComparer.Ordinal).Select(name => Path.Combine(folder, name)) ?? [];

    /// <summary>The full paths of the folders in a folder, in ordinal order; none where there is no such folder.</summary>
    public IEnumerable<string> FoldersIn(string folder) =>
        List(folder)?.FoldersAnyCase.Values.Order(StringComparer.Ordinal).Select(name => Path.Combine(folder, name)) ?? [];

    private static string FolderOf(string path) => Path.GetDirectoryName(path) ?? path;

    private FolderListing? List(string folder) => _listings.GetOrAdd(folder, static path => FolderListing.Of(path));
}
