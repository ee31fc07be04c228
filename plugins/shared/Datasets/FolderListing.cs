namespace PluginPrune.Shared.Datasets;

/// <summary>What lies in one folder. Names that begin with a dot, such as those that archives of macOS leave behind, are passed over.</summary>
internal sealed class FolderListing
{
    private FolderListing()
    {
    }

    public HashSet<string> Files { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> FilesAnyCase { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string> FoldersAnyCase { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists a folder; null where there is none, or it may not be looked into.</summary>
    public static FolderListing? Of(string folder)
    {
        var listing = new FolderListing();
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                listing.Add(entry);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return listing;
    }

    private void Add(FileSystemInfo entry)
    {
        if (entry.Name.StartsWith('.'))
        {
            return;
        }

        bool isFolder = entry is DirectoryInfo;
        if (!isFolder)
        {
            Files.Add(entry.Name);
        }

        // The order in which systems list is theirs: of names that differ in case alone the first one counts.
        Dictionary<string, string> anyCase = isFolder ? FoldersAnyCase : FilesAnyCase;
        if (!anyCase.TryGetValue(entry.Name, out string? other) || string.CompareOrdinal(entry.Name, other) < 0)
        {
            anyCase[entry.Name] = entry.Name;
        }
    }
}
