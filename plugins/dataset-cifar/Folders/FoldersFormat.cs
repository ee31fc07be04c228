using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCifar.Folders;

/// <summary>
/// Pictures in a folder for each class, all below folders called train, val and test where the dataset is divided. Classes are in
/// ordinal order of their names, those of all parts together, so that a class has the same number in each of them.
/// </summary>
internal sealed class FoldersFormat : IDatasetFormat
{
    /// <inheritdoc />
    public Dataset Open(DatasetSource source, CancellationToken cancellationToken)
    {
        string path = source.Path ?? throw new InputException("--data", null, "pictures are read from a folder or a zip. Name one.");
        PictureFile[] files = WithoutOuterFolders(PictureTree.List(path, cancellationToken));
        if (files.Length == 0)
        {
            throw new InputException(UserPath.Of(path), null, "there are no pictures in it.");
        }

        string[] parts = [.. files.Where(static file => file.Path.Length > 2).Select(static file => file.Path[0]).Where(SplitNames.IsUsual).Distinct(StringComparer.Ordinal)];
        int depth = parts.Length > 0 ? 1 : 0;
        string? part = ChoosePart(parts, source, path, files.Length);
        PictureFile[] classed = [.. files.Where(file => file.Path.Length > depth + 1 && (depth == 0 || parts.Contains(file.Path[0], StringComparer.Ordinal)))];
        ImmutableArray<string> names = [.. classed.Select(file => file.Path[depth]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.IsEmpty)
        {
            throw new InputException(UserPath.Of(path), null, "its pictures lie in no folders, which would tell what they show: put them into a folder for each class.");
        }

        var numbers = names.Select(static (name, index) => (name, index)).ToDictionary(static pair => pair.name, static pair => pair.index, StringComparer.Ordinal);
        return new Dataset(
            Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path)),
            names,
            [
                .. classed
                    .Where(file => part is null || file.Path[0] == part)
                    .Select(file => new DatasetItem(file.Name, file.Open, []) { ClassIndex = numbers[file.Path[depth]] }),
            ])
        {
            Split = part,
            Faults =
            [
                .. files.Except(classed).Select(static file => new DatasetFault(
                    FaultSeverity.Note, "picture without a class", file.Name, null, "It lies in no folder of a class; it is not used.")),
            ],
        };
    }

    private static string? ChoosePart(string[] parts, DatasetSource source, string path, int pictures)
    {
        if (source.Split == SplitNames.All)
        {
            return null;
        }

        if (parts.Length > 0)
        {
            return PartChooser.Choose(parts, source, path);
        }

        source.Warn($"{UserPath.Of(path)} is not divided into parts; all {pictures} pictures are taken for '{source.Split}'.");
        return null;
    }

    /// <summary>Archives have an outermost folder more than the dataset has.</summary>
    private static PictureFile[] WithoutOuterFolders(PictureFile[] files)
    {
        while (files.Length > 0
            && files.All(file => file.Path.Length > 2 && file.Path[0] == files[0].Path[0])
            && !SplitNames.IsUsual(files[0].Path[0]))
        {
            files = [.. files.Select(static file => file with { Path = file.Path[1..] })];
        }

        return files;
    }
}
