using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetYolo.Labels;
using PluginPrune.DatasetYolo.Layout;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo;

/// <summary>Pictures with a text file of labels each.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class YoloFormat(YoloOptions options) : IDatasetFormat
{
    /// <inheritdoc />
    public Dataset Open(DatasetSource source, CancellationToken cancellationToken)
    {
        string path = source.Path ?? throw new InputException("--data", null, "YOLO labels are read from a file or folder. Name one.");
        var index = new FileIndex();
        PictureSet set = new SetReader(index, source).Read(path);
        if (options.ClassNames is { } file)
        {
            string names = Path.GetFullPath(file);
            set = set with { ClassNames = File.Exists(names) ? NamesFile.Read(names) : throw new InputException(names, null, "--class-names names it, and it does not exist.") };
        }

        if (set.Classes is { } classes && !set.ClassNames.IsEmpty && classes != set.ClassNames.Length)
        {
            source.Warn($"{UserPath.Of(path)} says {classes} classes and names {set.ClassNames.Length}; the names count.");
        }

        var labels = new ItemReader(index, set);
        var items = new DatasetItem[set.Pictures.Length];
        Parallel.For(0, items.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => items[i] = labels.Read(set.Pictures[i]));
        return new Dataset(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), set.ClassNames, ImmutableArray.Create(items))
        {
            Split = set.Split,
            Faults = [.. set.Faults, .. set.ListsFolders ? OrphanFinder.Find(index, items, set.Pictures) : []],
        };
    }
}
