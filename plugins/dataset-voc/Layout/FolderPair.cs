using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetVoc.Annotations;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetVoc.Layout;

/// <summary>A folder of pictures and the folder of their annotations, which may be the same.</summary>
internal sealed record FolderPair(string Pictures, string Annotations)
{
    private const string Extension = ".xml";

    /// <summary>The folders as the challenge calls them, or as others do; the folder itself where there are none.</summary>
    public static FolderPair In(FileIndex index, string folder)
    {
        string pictures = FoldersCalled(index, folder, "JPEGImages", "images", "image").FirstOrDefault() ?? folder;
        string annotations = FoldersCalled(index, folder, "Annotations", "Annotation", "xmls", "labels").FirstOrDefault(found => HoldsXml(index, found)) ?? pictures;
        return new FolderPair(pictures, index.FindFolder(Path.Combine(annotations, "xmls")) ?? annotations);
    }

    /// <summary>The part of a name, where both folders or one of them have folders for parts.</summary>
    public FolderPair Part(FileIndex index, string name) => new(
        index.FindFolder(Path.Combine(Pictures, name)) ?? Pictures,
        index.FindFolder(Path.Combine(Annotations, name)) ?? Annotations);

    public IEnumerable<string> AnnotationFiles(FileIndex index) =>
        index.FilesIn(Annotations).Where(IsXml);

    /// <summary>All pictures, by ordinal order of their names; and notes of annotations that belong to none.</summary>
    public (ImmutableArray<VocPicture> Pictures, ImmutableArray<DatasetFault> Faults) ReadAll(FileIndex index)
    {
        ImmutableArray<VocPicture> pictures = [.. PictureFiles.Below(index, Pictures, depth: 0).Select(picture => Make(index, picture, isListed: false))];
        var used = pictures.Select(static picture => picture.Annotation).OfType<string>().ToHashSet(StringComparer.Ordinal);
        string[] left = [.. AnnotationFiles(index).Where(file => !used.Contains(file))];
        if (left.Length == 0)
        {
            return (pictures, []);
        }

        // Annotations whose own name is not the picture's may name it inside.
        var bare = pictures.Where(static picture => picture.Annotation is null)
            .DistinctBy(static picture => Path.GetFileName(picture.Path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static picture => Path.GetFileName(picture.Path), StringComparer.OrdinalIgnoreCase);
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = ImmutableArray.CreateBuilder<DatasetFault>();
        foreach (string file in left)
        {
            string? inside = AnnotationReader.Read(file).FileName;
            if (inside is null || !bare.TryGetValue(inside, out VocPicture? picture) || !named.TryAdd(picture.Path, file))
            {
                faults.Add(new DatasetFault(FaultSeverity.Note, "labels without a picture", UserPath.Of(file), null, "There is no picture for these annotations; they are not used."));
            }
        }

        return ([.. pictures.Select(picture => named.TryGetValue(picture.Path, out string? file) ? picture with { Annotation = file } : picture)], faults.DrainToImmutable());
    }

    /// <summary>A picture with the annotations of its name.</summary>
    public VocPicture Make(FileIndex index, string picture, bool isListed)
    {
        string stem = Path.GetFileNameWithoutExtension(picture);
        string below = Path.GetRelativePath(Pictures, Path.GetDirectoryName(picture)!);
        string[] candidates =
        [
            Path.Combine(Annotations, stem + Extension),
            Path.GetFullPath(Path.Combine(Annotations, below, stem + Extension)),
            Path.ChangeExtension(picture, Extension),
        ];
        if (Array.Find(candidates, index.Exists) is { } exact)
        {
            return new VocPicture(picture, exact, isListed);
        }

        string? other = candidates.Select(index.FindAnyCase).FirstOrDefault(static found => found is not null);
        return new VocPicture(picture, other, isListed, other is null || Path.GetFileNameWithoutExtension(other) == stem ? null : new DatasetFault(
            FaultSeverity.Warning, "name differs in case", UserPath.Of(other), null, $"The annotations are those of {UserPath.Of(picture)}, whose name is written otherwise; other systems will not find them."));
    }

    private static IEnumerable<string> FoldersCalled(FileIndex index, string folder, params IEnumerable<string> names) =>
        names.Select(name => index.FindFolder(Path.Combine(folder, name))).OfType<string>();

    // In it or in a folder of a part: one called 'labels' may well hold something else.
    private static bool HoldsXml(FileIndex index, string folder) =>
        index.FilesIn(folder).Any(IsXml) || index.FoldersIn(folder).Any(part => index.FilesIn(part).Any(IsXml));

    private static bool IsXml(string file) => Path.GetExtension(file).Equals(Extension, StringComparison.OrdinalIgnoreCase);
}
