using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>
/// A folder that no file describes: lists by the parts' names, images/PART, PART/images, PART, images, or pictures right in it.
/// </summary>
internal sealed class SetFolder(FileIndex index, DatasetSource source)
{
    private const string Images = "images";

    public PictureSet Read(string folder)
    {
        SortedDictionary<string, Func<PictureSet>> parts = FindParts(folder);
        string[] names = [.. parts.Keys];
        PictureSet set;
        if (source.Split == SplitNames.All && names.Length > 0)
        {
            set = SetParts.Merge(parts.Values.Select(static read => read()));
        }
        else if (names.Length > 0)
        {
            string part = SplitNames.Choose(names, source, folder);
            set = parts[part]() with { Split = part };
        }
        else
        {
            set = Undivided(folder);
        }

        return set with { ClassNames = FindNames(folder, set) };
    }

    private PictureSet Undivided(string folder)
    {
        PictureSet set = SetParts.OfFolder(index, index.FindFolder(Path.Combine(folder, Images)) ?? folder);
        if (set.Pictures.IsEmpty)
        {
            throw new InputException(UserPath.Of(folder), null, "there are no pictures in it, nor in 'images' or a folder called train, val or test.");
        }

        if (source.Split != SplitNames.All)
        {
            source.Warn($"{UserPath.Of(folder)} is not divided into parts; all {set.Pictures.Length} pictures are taken for '{source.Split}'.");
        }

        return set;
    }

    private SortedDictionary<string, Func<PictureSet>> FindParts(string folder)
    {
        // The order of the parts is that of their names, whatever the system lists first.
        var parts = new SortedDictionary<string, Func<PictureSet>>(StringComparer.OrdinalIgnoreCase);
        foreach (string list in index.FilesIn(folder).Where(static file => Path.GetExtension(file).Equals(".txt", StringComparison.OrdinalIgnoreCase)))
        {
            string name = Path.GetFileNameWithoutExtension(list);

            // A picture 'val.jpg' has its labels in 'val.txt'.
            if (SplitNames.IsUsual(name) && PictureFiles.Find(index, Path.Combine(folder, name)) is null)
            {
                parts[name] = () => new ListFile(index).Read(list);
            }
        }

        if (parts.Count > 0)
        {
            return parts;
        }

        if (index.FindFolder(Path.Combine(folder, Images)) is { } images)
        {
            AddFolders(parts, images, static (_, part) => part);
        }

        AddFolders(parts, folder, (files, part) => files.FindFolder(Path.Combine(part, Images)) ?? part);
        return parts;
    }

    private void AddFolders(SortedDictionary<string, Func<PictureSet>> parts, string folder, Func<FileIndex, string, string> picturesOf)
    {
        foreach (string part in index.FoldersIn(folder).Where(static part => SplitNames.IsUsual(Path.GetFileName(part))))
        {
            string pictures = picturesOf(index, part);
            if (SetParts.PicturesOf(index, pictures).Any())
            {
                parts.TryAdd(Path.GetFileName(part), () => SetParts.OfFolder(index, pictures));
            }
        }
    }

    private ImmutableArray<string> FindNames(string folder, PictureSet set)
    {
        // Where tools put them: beside the folders, in the folder of the labels, beside the pictures, above 'images' where that is what was named.
        string inside = Path.DirectorySeparatorChar + Images;
        int images = (folder + Path.DirectorySeparatorChar).LastIndexOf(inside + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);
        string[] folders =
        [
            folder,
            Path.Combine(folder, "labels"),
            .. set.Pictures.Take(1).Select(static picture => Path.GetDirectoryName(picture.Path)!),
            .. images > 0 ? [folder[..images]] : Array.Empty<string>(),
        ];
        return folders.Distinct(StringComparer.Ordinal).Select(place => NamesFile.Find(index, place, source.Warn)).FirstOrDefault(static file => file is not null) is { } names
            ? NamesFile.Read(names)
            : [];
    }
}
