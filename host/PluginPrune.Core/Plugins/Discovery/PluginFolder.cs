namespace PluginPrune.Core.Plugins;

/// <summary>Whether a path lies inside a plugin's folder, asked of real paths: links are resolved first.</summary>
internal static class PluginFolder
{
    /// <summary>More links than this in one path are a loop.</summary>
    private const int MaximumLinks = 40;

    /// <summary>Whether a real path lies in a real folder. Not by its first letters: /plug-evil begins with /plug.</summary>
    public static bool Contains(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        return !Path.IsPathRooted(relative)
            && relative != "."
            && relative != ".."
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !relative.StartsWith(".." + Path.AltDirectorySeparatorChar, StringComparison.Ordinal);
    }

    /// <summary>Whether a path as a manifest gives it stays inside, as far as its text tells.</summary>
    public static bool IsRelativeInside(string relative)
    {
        string folder = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "plugin"));
        return !Path.IsPathRooted(relative)
            && !relative.Contains('\0', StringComparison.Ordinal)
            && !relative.Split('/', '\\').Contains("..", StringComparer.Ordinal)
            && Contains(folder, Path.GetFullPath(relative, folder));
    }

    /// <summary>The path with every link in it resolved; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string RealPath(string path)
    {
        string rest = Path.GetFullPath(path);
        string real = Path.GetPathRoot(rest)!;
        var parts = new Stack<string>(Split(rest[real.Length..]).Reverse());
        int links = 0;
        while (parts.TryPop(out string? part))
        {
            string next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new IOException($"{path} is a circle of links.");
            }

            // The target's own parts may be links again: they go through the same loop.
            string full = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(full)!;
            foreach (string piece in Split(full[real.Length..]).Reverse())
            {
                parts.Push(piece);
            }
        }

        return real;
    }

    private static string[] Split(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
