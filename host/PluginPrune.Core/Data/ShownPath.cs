namespace PluginPrune.Core.Data;

/// <summary>Paths as users find them.</summary>
internal static class ShownPath
{
    /// <summary>Seen from the current folder where the file lies below it; else the full path.</summary>
    public static string Of(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : relative;
    }
}
