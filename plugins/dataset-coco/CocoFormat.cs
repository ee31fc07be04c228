using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetCoco.Layout;
using PluginPrune.DatasetCoco.Reading;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCoco;

/// <summary>Pictures with all annotations in one JSON file.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class CocoFormat(CocoOptions options) : IDatasetFormat
{
    /// <inheritdoc />
    public Dataset Open(DatasetSource source, CancellationToken cancellationToken)
    {
        string path = source.Path ?? throw new InputException("--data", null, "COCO annotations are read from a file or folder. Name one.");
        var index = new FileIndex();
        IReadOnlyList<InstancesFile> files = new InstancesFinder(index, source).Find(path);
        Dataset[] parts = [.. files.Select(file => Read(index, file, cancellationToken))];
        for (int i = 1; i < parts.Length; i++)
        {
            if (!parts[i].ClassNames.SequenceEqual(parts[0].ClassNames, StringComparer.Ordinal))
            {
                throw new InputException(UserPath.Of(path), null, $"{parts[0].Name} and {parts[i].Name} have different categories, so that they cannot be taken together. Say --split NAME.");
            }
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        return parts is [var only] ? only with { Name = name, Split = files[0].Part } : new Dataset(
            name,
            parts[0].ClassNames,
            [.. parts.SelectMany(static part => part.Items).DistinctBy(static item => item.Name, StringComparer.Ordinal)])
        {
            Faults = [.. parts.SelectMany(static part => part.Faults)],
        };
    }

    private Dataset Read(FileIndex index, InstancesFile file, CancellationToken cancellationToken)
    {
        Instances instances = InstancesReader.Read(file.Path, cancellationToken);
        string? images = options.ImagesFolder is { } given ? Path.GetFullPath(given) : null;
        if (images is not null && !Directory.Exists(images))
        {
            throw new InputException(images, null, "--images-folder names it, and it is no folder that is there.");
        }

        ImmutableArray<CocoCategory> categories = options.ClassOrder == ClassOrder.Id ? [.. instances.Categories.OrderBy(static category => category.Id)] : [.. instances.Categories];
        var pictures = PictureFinder.For(index, file, instances.Images, images);
        var maker = new DatasetMaker(UserPath.Of(file.Path), categories, pictures);
        return maker.Make(instances, cancellationToken);
    }
}
