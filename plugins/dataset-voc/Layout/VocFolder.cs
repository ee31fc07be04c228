using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetVoc.Layout;

/// <summary>
/// Finds the pictures of a part: by the lists in ImageSets/Main, by folders called train, val and test, or all of them where the
/// dataset is not divided.
/// </summary>
internal sealed class VocFolder(FileIndex index, DatasetSource source)
{
    public VocSet Read(string folder)
    {
        FolderPair whole = FolderPair.In(index, folder);
        Dictionary<string, string> lists = FindLists(folder);
        if (lists.Count > 0)
        {
            return ReadLists(folder, whole, lists);
        }

        Dictionary<string, FolderPair> parts = FindParts(folder, whole);
        if (parts.Count > 0)
        {
            string? part = source.Split == SplitNames.All ? null : SplitNames.Choose(parts.Keys, source, folder);
            string[] wanted = part is null ? [.. parts.Keys.Order(StringComparer.Ordinal)] : [part];
            return Merge([.. wanted.Select(name => parts[name])], [.. parts.Values]) with { Split = part };
        }

        VocSet set = Merge([whole], [whole]);
        if (set.Pictures.IsEmpty)
        {
            throw new InputException(UserPath.Of(folder), null, $"there are no pictures in {UserPath.Of(whole.Pictures)}.");
        }

        if (source.Split != SplitNames.All)
        {
            source.Warn($"{UserPath.Of(folder)} is not divided into parts; all {set.Pictures.Length} pictures are taken for '{source.Split}'.");
        }

        return set;
    }

    /// <summary>The lists by their names. Those of one class, such as 'cat_train', are lists too, but no parts that a user is told of.</summary>
    private Dictionary<string, string> FindLists(string folder)
    {
        string[] places = [Path.Combine(folder, "ImageSets", "Main"), Path.Combine(folder, "ImageSets"), folder];
        foreach (string place in places.Select(index.FindFolder).OfType<string>())
        {
            Dictionary<string, string> lists = index.FilesIn(place)
                .Where(static file => Path.GetExtension(file).Equals(".txt", StringComparison.OrdinalIgnoreCase))
                .DistinctBy(static file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
                .ToDictionary(static file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
            if (lists.Keys.Any(IsPart))
            {
                return lists;
            }
        }

        return [];
    }

    private static bool IsPart(string name) => SplitNames.IsUsual(name) || name.Equals("trainval", StringComparison.OrdinalIgnoreCase);

    private VocSet ReadLists(string folder, FolderPair whole, Dictionary<string, string> lists)
    {
        ImmutableArray<string> annotations = [.. whole.AnnotationFiles(index)];
        if (source.Split == SplitNames.All)
        {
            (ImmutableArray<VocPicture> all, ImmutableArray<DatasetFault> notes) = whole.ReadAll(index);
            return new VocSet(all, annotations, notes);
        }

        string part = SplitNames.Find(lists.Keys, source.Split) ?? SplitNames.Choose([.. lists.Keys.Where(IsPart)], source, folder);
        (ImmutableArray<VocPicture> pictures, ImmutableArray<DatasetFault> faults) = new VocList(index, whole).Read(lists[part]);
        return new VocSet(pictures, [.. annotations.Concat(pictures.Select(static picture => picture.Annotation).OfType<string>()).Distinct(StringComparer.Ordinal)], faults) { Split = part };
    }

    private Dictionary<string, FolderPair> FindParts(string folder, FolderPair whole)
    {
        var parts = new Dictionary<string, FolderPair>(StringComparer.Ordinal);
        if (whole.Pictures != folder)
        {
            foreach (string name in PartsIn(whole.Pictures))
            {
                parts[name] = whole.Part(index, name);
            }
        }

        foreach (string name in PartsIn(folder))
        {
            parts.TryAdd(name, FolderPair.In(index, Path.Combine(folder, name)));
        }

        return parts;
    }

    private IEnumerable<string> PartsIn(string folder) => index.FoldersIn(folder).Select(static part => Path.GetFileName(part)).Where(IsPart);

    private VocSet Merge(FolderPair[] wanted, FolderPair[] all)
    {
        (ImmutableArray<VocPicture> Pictures, ImmutableArray<DatasetFault> Faults)[] read = [.. wanted.Select(pair => pair.ReadAll(index))];
        return new VocSet(
            [.. read.SelectMany(static part => part.Pictures).DistinctBy(static picture => picture.Path, StringComparer.Ordinal)],
            [.. all.SelectMany(pair => pair.AnnotationFiles(index)).Distinct(StringComparer.Ordinal)],
            [.. read.SelectMany(static part => part.Faults)]);
    }
}
