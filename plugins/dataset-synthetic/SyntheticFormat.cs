using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetSynthetic.Drawing;
using PluginPrune.DatasetSynthetic.Scenes;
using PluginPrune.DatasetSynthetic.Shapes;

namespace PluginPrune.DatasetSynthetic;

/// <summary>Scenes that are composed when the dataset is opened, and drawn when a picture is.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class SyntheticFormat(SyntheticOptions options) : IDatasetFormat
{
    private const string Name = "synthetic";
    private const string All = "all";

    private static readonly string[] Parts = [DatasetSource.Training, DatasetSource.Validation, DatasetSource.Test];

    /// <inheritdoc />
    public Dataset Open(DatasetSource source, CancellationToken cancellationToken)
    {
        if (source.Path is not null)
        {
            throw new InputException(source.Path, null, "synthetic scenes are drawn, not read. Name the dataset alone: --data synthetic.");
        }

        string split = SceneStream.Spell(source.Split);
        string[] wanted = split == All ? Parts : Parts.Contains(split, StringComparer.Ordinal) ? [split]
            : throw new InputException(Name, null, $"it has no part '{source.Split}'; it has {string.Join(", ", Parts)}. Say --split NAME.") { IsPartMissing = true };
        return new Dataset(Name, ShapeClasses.Names, [.. wanted.SelectMany(part => MakePart(part, cancellationToken))]);
    }

    private DatasetItem[] MakePart(string split, CancellationToken cancellationToken)
    {
        var stream = new SceneStream(options.SceneSeed, split);
        var items = new DatasetItem[options.Count];
        Parallel.For(0, items.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => items[i] = Make(stream, split, i));
        return items;
    }

    private DatasetItem Make(SceneStream stream, string split, int index)
    {
        int size = options.Size;
        Scene scene = SceneComposer.Compose(stream.RandomOf(index), size);

        // Drawn anew each time from its number: a set of a million scenes is no more than their labels.
        return new DatasetItem(
            string.Create(CultureInfo.InvariantCulture, $"{Name}/{split}/{index:D6}.ppm"),
            () => new MemoryStream(ScenePainter.Paint(SceneComposer.Compose(stream.RandomOf(index), size)), writable: false),
            [.. scene.Objects.Select(static thing => new ObjectLabel((int)thing.Class, thing.Box))])
        {
            ClaimedWidth = size,
            ClaimedHeight = size,
        };
    }
}
