using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Detecting;

/// <summary>Makes a dataset without labels of the pictures that a user names.</summary>
public static class PictureGathering
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".ppm", ".pgm", ".pnm"];

    /// <summary>Gathers them.</summary>
    /// <param name="paths">Files, whatever their names, and folders, of which the files directly in them count whose names end as pictures' do.</param>
    /// <returns>The pictures in the order in which they were named, those of a folder by name; each once.</returns>
    /// <exception cref="InputException">A path does not exist, or a folder has no pictures.</exception>
    public static Dataset Gather(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var items = ImmutableArray.CreateBuilder<DatasetItem>();
        foreach (string file in paths.SelectMany(Files))
        {
            if (known.Add(Path.GetFullPath(file)))
            {
                items.Add(new DatasetItem(file, () => File.OpenRead(file), []));
            }
        }

        return new Dataset(paths.Count == 1 ? paths[0] : $"{items.Count} pictures", [], items.ToImmutable());
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new InputException(path, null, "there is no such picture or folder.");
        }

        string[] files =
        [
            .. Directory.EnumerateFiles(path)
                .Where(static file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];
        return files.Length > 0 ? files : throw new InputException(path, null, $"the folder has no pictures ({string.Join(' ', Extensions)}) directly in it.");
    }
}
