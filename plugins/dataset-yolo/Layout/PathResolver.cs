using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>Finds what a file names: people move datasets, and every tool understands relative paths from another folder.</summary>
internal sealed class PathResolver
{
    private readonly FileIndex _index;
    private readonly string[] _bases;

    /// <param name="index">Lists folders.</param>
    /// <param name="bases">Folders from which relative paths may be meant, likeliest first.</param>
    public PathResolver(FileIndex index, params IEnumerable<string?> bases)
    {
        _index = index;
        _bases = [.. bases.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The bases in words, for messages.</summary>
    public string Tried => string.Join(", ", _bases);

    /// <summary>The folder of a file, the two above it, and the current one, as Darknet does.</summary>
    public static IEnumerable<string?> Around(string file)
    {
        string? folder = Path.GetDirectoryName(file);
        string? parent = Path.GetDirectoryName(folder);
        return [folder, Environment.CurrentDirectory, parent, Path.GetDirectoryName(parent)];
    }

    /// <summary>Finds a file.</summary>
    public FoundPath? FindFile(string written) => Find(written, 1, path => _index.Exists(path) ? path : null) ?? AnyCase(Find(written, 1, _index.FindAnyCase));

    /// <summary>Finds a folder. A single name out of a longer path is not enough: many folders are called 'images'.</summary>
    public FoundPath? FindFolder(string written) => Find(written, 2, path => Directory.Exists(path) ? path : null) ?? AnyCase(Find(written, 2, _index.FindFolder));

    /// <summary>Where a path would be that is nowhere.</summary>
    public string Expected(string written)
    {
        string path = Normalize(written);
        return Path.GetFullPath(IsRooted(path) ? path : Path.Combine(_bases[0], path));
    }

    private static FoundPath? AnyCase(FoundPath? found) => found is { } path ? path with { DiffersInCase = true } : null;

    private FoundPath? Find(string written, int leastParts, Func<string, string?> find)
    {
        string path = Normalize(written);
        if (IsRooted(path))
        {
            if (Path.IsPathRooted(path) && find(Path.GetFullPath(path)) is { } there)
            {
                return new FoundPath(there, Path.GetDirectoryName(there) ?? there, IsMoved: false);
            }
        }
        else if (FindFromBases(path, find) is { } found)
        {
            return new FoundPath(found.Path, found.Base, IsMoved: false);
        }

        return FindMoved(path, leastParts, find);
    }

    /// <summary>Paths of another machine, and those of exports that begin with '../' and mean './': their last parts are looked for.</summary>
    private FoundPath? FindMoved(string path, int leastParts, Func<string, string?> find)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool climbs = parts is ["..", ..];
        int first = climbs ? Array.FindIndex(parts, static part => part != "..") : 0;
        int last = climbs ? first : parts.Length - leastParts;
        for (int i = first; (climbs || IsRooted(path)) && i >= 0 && i <= last; i++)
        {
            if (FindFromBases(string.Join('/', parts[i..]), find) is { } found)
            {
                return new FoundPath(found.Path, found.Base, IsMoved: true);
            }
        }

        return null;
    }

    private (string Path, string Base)? FindFromBases(string path, Func<string, string?> find)
    {
        foreach (string folder in _bases)
        {
            if (find(Path.GetFullPath(Path.Combine(folder, path))) is { } found)
            {
                return (found, folder);
            }
        }

        return null;
    }

    private static string Normalize(string written) => Path.DirectorySeparatorChar == '/' ? written.Replace('\\', '/') : written;

    // Of Windows too, wherever this runs.
    private static bool IsRooted(string path) => Path.IsPathRooted(path) || (path.Length > 2 && path[1] == ':' && char.IsAsciiLetter(path[0]));
}
