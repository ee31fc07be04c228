using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Shared.Datasets;

/// <summary>Files that are pictures by their names.</summary>
internal static class PictureFiles
{
    // Those that cannot be decoded too: they are told of, not passed over in silence.
    private static readonly string[] Extensions =
        [".jpg", ".jpeg", ".png", ".bmp", ".ppm", ".pgm", ".jpe", ".jfif", ".tif", ".tiff", ".webp", ".gif"];

    public static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The pictures of a folder and the folders in it, by ordinal order of their paths.</summary>
    /// <param name="index">Lists folders.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="depth">How many folders deep.</param>
    public static IEnumerable<string> Below(FileIndex index, string folder, int depth) =>
        index.FilesIn(folder).Where(IsPicture)
            .Concat(depth == 0 ? [] : index.FoldersIn(folder).SelectMany(inner => Below(index, inner, depth - 1)));

    /// <summary>The picture of a name without an extension, whatever its extension, or null.</summary>
    public static (string Path, bool DiffersInCase)? Find(FileIndex index, string pathWithoutExtension)
    {
        foreach (string extension in Extensions)
        {
            if (index.Exists(pathWithoutExtension + extension))
            {
                return (pathWithoutExtension + extension, false);
            }
        }

        string? other = Extensions.Select(extension => index.FindAnyCase(pathWithoutExtension + extension)).FirstOrDefault(static found => found is not null);

        // An extension in capitals alone is what cameras write and worth no word.
        return other is null ? null : (other, Path.ChangeExtension(other, null) != pathWithoutExtension);
    }

    /// <summary>An item whose picture is not there.</summary>
    public static DatasetItem Missing(string path, DatasetFault fault) =>
        new(UserPath.Of(path), () => throw new FileNotFoundException($"There is no picture {path}.", path), []) { Faults = [fault] };
}
