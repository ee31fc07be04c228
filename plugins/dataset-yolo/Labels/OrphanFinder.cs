using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetYolo.Layout;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Labels;

/// <summary>Label files that have no picture.</summary>
internal static class OrphanFinder
{
    public static ImmutableArray<DatasetFault> Find(FileIndex index, DatasetItem[] items, ImmutableArray<PictureFile> pictures)
    {
        var used = items.Select(static item => item.LabelFile).OfType<string>().ToHashSet(StringComparer.Ordinal);

        // In a folder of its own a text is a label; beside pictures it may be anything.
        var pictureFolders = pictures.Select(static picture => Path.GetDirectoryName(picture.Path)!).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> labelFolders = used.Select(static label => Path.GetDirectoryName(label)!)
            .Distinct(StringComparer.Ordinal)
            .Where(folder => !pictureFolders.Contains(folder))
            .Order(StringComparer.Ordinal);
        return
        [
            .. labelFolders.SelectMany(index.FilesIn)
                .Where(file => Path.GetExtension(file).Equals(".txt", StringComparison.OrdinalIgnoreCase)
                    && !used.Contains(file)
                    && !Path.GetFileName(file).Equals("classes.txt", StringComparison.OrdinalIgnoreCase))
                .Select(static file => new DatasetFault(
                    FaultSeverity.Note, "labels without a picture", UserPath.Of(file), null, "There is no picture for these labels; they are not used.")),
        ];
    }
}
