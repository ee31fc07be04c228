using System.IO.Compression;
using PluginPrune.Contracts;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCifar.Folders;

/// <summary>Lists the pictures of a folder, or of a zip, by ordinal order of their paths.</summary>
internal static class PictureTree
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, MaxRecursionDepth = 8, IgnoreInaccessible = true };

    /// <exception cref="InputException">It is neither, or cannot be read.</exception>
    public static PictureFile[] List(string path, CancellationToken cancellationToken)
    {
        IEnumerable<PictureFile> files = Directory.Exists(path) ? OfFolder(path) : OfZip(path);
        var listed = new List<PictureFile>();
        foreach (PictureFile file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            listed.Add(file);
        }

        return [.. listed.OrderBy(static file => string.Join('/', file.Path), StringComparer.Ordinal)];
    }

    private static IEnumerable<PictureFile> OfFolder(string folder) => Directory.EnumerateFiles(folder, "*", Everything)
        .Where(PictureFiles.IsPicture)
        .Select(file => new PictureFile(Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar), UserPath.Of(file), () => File.OpenRead(file)));

    private static IEnumerable<PictureFile> OfZip(string path)
    {
        ZippedPictures zip;
        try
        {
            zip = new ZippedPictures(path);
        }
        catch (InvalidDataException damaged)
        {
            throw new InputException(UserPath.Of(path), null, $"it is no zip, or is cut off or damaged ({damaged.Message.TrimEnd('.')}).");
        }

        // What systems add to archives on their own ('__MACOSX/._a.jpg') is no picture.
        return zip.Entries
            .Where(static entry => PictureFiles.IsPicture(entry.Name) && !entry.Name.StartsWith("._", StringComparison.Ordinal))
            .Select(entry => new PictureFile(entry.FullName.Split('/', '\\'), $"{UserPath.Of(path)}/{entry.FullName}", () => zip.Open(entry)));
    }
}
