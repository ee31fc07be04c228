namespace PluginPrune.Cli.CommandLine;

/// <summary>Files that the command line names.</summary>
internal static class InputFiles
{
    /// <summary>The full path of a file that exists.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">As it was given.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static string Existing(string option, string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new UsageException($"{option} names {full}, which is a folder; it takes a file.");
        }

        return File.Exists(full) ? full : throw new UsageException($"{option} names {full}, which does not exist.");
    }
}
