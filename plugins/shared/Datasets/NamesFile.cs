using System.Collections.Immutable;
using PluginPrune.Contracts;

namespace PluginPrune.Shared.Datasets;

/// <summary>Names of classes, one a line, in their order; blank lines do not count.</summary>
internal static class NamesFile
{
    /// <exception cref="InputException">It cannot be read, or holds no names.</exception>
    public static ImmutableArray<string> Read(string path) =>
        [.. TextFile.Read(path).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The one file of names in a folder; null where there is none.</summary>
    /// <param name="index">Lists folders.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Told where there are several, of which none is taken.</param>
    public static string? Find(FileIndex index, string folder, Action<string> warn)
    {
        string[] found = [.. index.FilesIn(folder).Where(IsNames)];
        if (found.Length > 1)
        {
            warn($"{UserPath.Of(folder)} holds {found.Length} files of class names ({string.Join(", ", found.Select(Path.GetFileName))}); none of them is taken. Say which with --class-names FILE.");
        }

        return found is [var only] ? only : null;
    }

    private static bool IsNames(string path) =>
        Path.GetExtension(path).Equals(".names", StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(path).ToUpperInvariant() is "CLASSES.TXT" or "LABELS.TXT" or "_DARKNET.LABELS";
}
