namespace PluginPrune.Cli.Prune;

/// <summary>Takes the folders above an output folder away again where they were made for nothing.</summary>
internal sealed class MadeFolders : IDisposable
{
    private readonly List<string> _missing = [];

    /// <param name="outputPath">The folder that is about to be made, or null for none.</param>
    public MadeFolders(string? outputPath)
    {
        string? folder = outputPath is null ? null : Path.GetDirectoryName(Path.GetFullPath(outputPath));
        while (folder is not null && !Directory.Exists(folder))
        {
            _missing.Add(folder);
            folder = Path.GetDirectoryName(folder);
        }
    }

    public void Dispose()
    {
        foreach (string folder in _missing.Where(static folder => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Another host has begun to use it, or has removed it itself.
                return;
            }
        }
    }
}
