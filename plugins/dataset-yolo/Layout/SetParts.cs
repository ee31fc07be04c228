using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>Chooses the part that is asked for and reads what stands for it: list files and folders of pictures.</summary>
internal static class SetParts
{
    private const int DeepestFolder = 8;

    /// <param name="index">Lists folders.</param>
    /// <param name="source">The part.</param>
    /// <param name="description">The file that says what the parts are.</param>
    /// <param name="parts">The parts' names.</param>
    /// <param name="placesOf">What a part consists of.</param>
    /// <param name="resolver">Finds places.</param>
    public static PictureSet Read(
        FileIndex index, DatasetSource source, string description, string[] parts, Func<string, IReadOnlyList<string>> placesOf, PathResolver resolver)
    {
        if (parts.Length == 0)
        {
            throw new InputException(UserPath.Of(description), null, "it names no pictures: there is no 'train', 'val' or 'test' in it.");
        }

        string? part = source.Split == SplitNames.All ? null : SplitNames.Choose(parts, source, description);
        string[] wanted = part is null ? parts : [part];
        return Merge(wanted.SelectMany(placesOf).Select(place => ReadPlace(index, source, description, place, resolver))) with { Split = part };
    }

    /// <summary>All pictures of a folder.</summary>
    public static PictureSet OfFolder(FileIndex index, string folder)
    {
        string root = Path.GetDirectoryName(folder) ?? folder;
        return new PictureSet([.. PicturesOf(index, folder).Select(picture => new PictureFile(picture, root))]) { ListsFolders = true };
    }

    public static IEnumerable<string> PicturesOf(FileIndex index, string folder) => PictureFiles.Below(index, folder, DeepestFolder);

    /// <summary>Several sets as one. A picture counts once.</summary>
    public static PictureSet Merge(IEnumerable<PictureSet> sets)
    {
        PictureSet[] all = [.. sets];
        return new PictureSet([.. all.SelectMany(static set => set.Pictures).DistinctBy(static picture => picture.Path, StringComparer.Ordinal)])
        {
            Faults = [.. all.SelectMany(static set => set.Faults)],
            ListsFolders = all.All(static set => set.ListsFolders),
        };
    }

    private static PictureSet ReadPlace(FileIndex index, DatasetSource source, string description, string place, PathResolver resolver)
    {
        bool isList = Path.GetExtension(place).Equals(".txt", StringComparison.OrdinalIgnoreCase);
        if ((isList ? resolver.FindFile(place) ?? resolver.FindFolder(place) : resolver.FindFolder(place) ?? resolver.FindFile(place)) is not { } found)
        {
            throw new InputException(UserPath.Of(description), null, $"it names '{place}' for '{source.Split}', which is not there; tried from {resolver.Tried}.");
        }

        if (found.IsMoved || found.DiffersInCase)
        {
            source.Warn($"{UserPath.Of(description)} names '{place}', which is not there; {UserPath.Of(found.Path)} is taken in its place.");
        }

        return Directory.Exists(found.Path) ? OfFolder(index, found.Path) : new ListFile(index).Read(found.Path, resolver);
    }
}
