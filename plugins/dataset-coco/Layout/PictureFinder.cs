using PluginPrune.Contracts;
using PluginPrune.DatasetCoco.Reading;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCoco.Layout;

/// <summary>Finds the files of pictures.</summary>
internal sealed class PictureFinder
{
    // So many pictures decide where all of them are looked for.
    private const int Sample = 32;

    private readonly FileIndex _index;

    private PictureFinder(FileIndex index, string folder)
    {
        _index = index;
        Folder = folder;
    }

    /// <summary>The folder from which file names are meant.</summary>
    public string Folder { get; }

    /// <summary>Decides on the folder: the given one, or that around the annotations in which most pictures of a sample are found.</summary>
    /// <exception cref="InputException">None of them is found anywhere.</exception>
    public static PictureFinder For(FileIndex index, InstancesFile file, List<CocoImage> images, string? given)
    {
        string[] names = [.. images.Select(static image => image.FileName).OfType<string>().Where(static name => name.Length > 0).Take(Sample)];
        string[] folders = given is not null ? [given] : [.. Candidates(file).Distinct(StringComparer.Ordinal)];
        PictureFinder[] finders = [.. folders.Select(folder => new PictureFinder(index, folder))];
        (PictureFinder Finder, int Found)[] counts = [.. finders.Select(finder => (finder, names.Count(name => finder.Find(name) is not null)))];
        (PictureFinder best, int most) = counts.MaxBy(static pair => pair.Found);
        return most > 0 || names.Length == 0 ? best : throw new InputException(
            UserPath.Of(file.Path), null, $"none of its pictures is found, '{names[0]}' for instance; looked into {string.Join(", ", folders.Where(Directory.Exists))}. Say where they are: --images-folder DIR.");
    }

    /// <summary>The picture's path and whether its name differs in case; or null.</summary>
    public (string Path, bool DiffersInCase)? Find(string fileName)
    {
        string name = fileName.Replace('\\', '/');
        string path = Expected(name);
        string flat = Path.Combine(Folder, Path.GetFileName(name));
        return _index.Exists(path) ? (path, false)
            : _index.Exists(flat) ? (flat, false)
            : (_index.FindAnyCase(path) ?? _index.FindAnyCase(flat)) is { } other ? (other, true)
            : null;
    }

    /// <summary>Where a picture should be.</summary>
    public string Expected(string fileName) => Path.GetFullPath(Path.Combine(Folder, fileName));

    private static IEnumerable<string> Candidates(InstancesFile file)
    {
        string folder = Path.GetDirectoryName(file.Path)!;
        foreach (string root in new[] { folder, Path.GetDirectoryName(folder) ?? folder })
        {
            yield return root;
            yield return Path.Combine(root, "images");
            yield return Path.Combine(root, "data");
            yield return Path.Combine(root, "JPEGImages");
            if (file.Part is { } part)
            {
                yield return Path.Combine(root, part);
                yield return Path.Combine(root, "images", part);
                yield return Path.Combine(root, part, "images");
            }
        }
    }
}
