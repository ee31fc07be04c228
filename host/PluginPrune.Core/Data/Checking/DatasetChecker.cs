using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Data.Checking;

/// <summary>Looks for all that is wrong with a dataset, and counts what there is.</summary>
/// <param name="warn">Takes sentences for the user on what could not be looked at.</param>
public sealed class DatasetChecker(Action<string> warn)
{
    /// <summary>Whether headers of pictures are read and nothing is decoded.</summary>
    public bool IsQuick { get; init; }

    /// <summary>How many pictures are looked at at once; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Looks at every picture and every label.</summary>
    /// <param name="dataset">The dataset, faults included.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DatasetReport Check(Dataset dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ImmutableArray<DatasetItem> items = dataset.Items;
        var checker = new PictureChecker(IsQuick);
        var pictures = new CheckedPicture[items.Length];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Threads > 0 ? Threads : Environment.ProcessorCount };
        Parallel.For(0, items.Length, options, i => pictures[i] = checker.Check(items[i]));
        if (checker.NoJpeg is { } missing)
        {
            warn($"JPEGs were not decoded, their headers alone were read. {missing.Message}");
        }

        return new DatasetReport(
            dataset.Name,
            items.Length,
            CountClasses(dataset),
            ObjectStatistics.Of(items, Place(items, pictures)),
            SizeStatistics.Of(pictures.Select(static picture => picture.Info).OfType<PictureInfo>()),
            Group(dataset, pictures),
            IsQuick || checker.NoJpeg is not null)
        {
            UnusablePictures = items.Where((item, i) => item.Faults.Concat(pictures[i].Faults).Any(static fault => fault.Severity == FaultSeverity.Error)).Count(),
        };
    }

    private static List<(Box Box, long PictureArea)> Place(ImmutableArray<DatasetItem> items, CheckedPicture[] pictures)
    {
        var placed = new List<(Box Box, long PictureArea)>();
        for (int i = 0; i < items.Length; i++)
        {
            if (pictures[i].Info is { } info)
            {
                placed.AddRange(PixelLabels.Of(items[i], info.Size.Width, info.Size.Height).Select(label => (label.Box, info.Size.Pixels)));
            }
        }

        return placed;
    }

    private static ImmutableArray<ClassCount> CountClasses(Dataset dataset)
    {
        int highest = dataset.Items.SelectMany(ClassesOf).DefaultIfEmpty(-1).Max();
        int[] objects = new int[Math.Max(highest + 1, dataset.ClassNames.Length)];
        int[] pictures = new int[objects.Length];
        foreach (DatasetItem item in dataset.Items)
        {
            foreach (ObjectLabel label in item.Labels)
            {
                objects[label.ClassIndex]++;
            }

            foreach (int index in ClassesOf(item).Distinct())
            {
                pictures[index]++;
            }
        }

        bool hasNames = !dataset.ClassNames.IsEmpty;
        return
        [
            .. Enumerable.Range(0, objects.Length)
                .Where(index => hasNames || pictures[index] > 0)
                .Select(index => new ClassCount(index, index < dataset.ClassNames.Length ? dataset.ClassNames[index] : null, objects[index], pictures[index])),
        ];
    }

    /// <summary>The classes of a picture's objects, and what it shows as a whole.</summary>
    private static IEnumerable<int> ClassesOf(DatasetItem item)
    {
        IEnumerable<int> ofObjects = item.Labels.Select(static label => label.ClassIndex);
        return item.ClassIndex is { } shown ? ofObjects.Append(shown) : ofObjects;
    }

    private static ImmutableArray<FaultGroup> Group(Dataset dataset, CheckedPicture[] pictures) =>
    [
        .. dataset.Faults
            .Concat(AlikeClasses(dataset))
            .Concat(dataset.Items.SelectMany((item, i) => item.Faults.Concat(pictures[i].Faults)))
            .Concat(Duplicates(dataset.Items, pictures))
            .GroupBy(static fault => (fault.Severity, fault.Kind))
            .OrderByDescending(static group => group.Key.Severity)
            .ThenBy(static group => group.Key.Kind, StringComparer.Ordinal)
            .Select(static group => new FaultGroup(group.Key.Severity, group.Key.Kind, [.. group])),
    ];

    private static IEnumerable<DatasetFault> AlikeClasses(Dataset dataset) => dataset.ClassNames
        .GroupBy(ClassNames.Plain, StringComparer.Ordinal)
        .Where(static group => group.Count() > 1)
        .Select(group => new DatasetFault(FaultSeverity.Warning, "classes with one name", dataset.Name, null, $"The classes {string.Join(" and ", group.Select(static name => $"'{name}'"))} count as different ones; a mistake in spelling?"));

    private static IEnumerable<DatasetFault> Duplicates(ImmutableArray<DatasetItem> items, CheckedPicture[] pictures)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < pictures.Length; i++)
        {
            if (pictures[i].Hash is { } hash && !first.TryAdd(hash, i))
            {
                yield return new DatasetFault(FaultSeverity.Warning, "same picture twice", items[i].Name, null, $"It is byte by byte the same as {items[first[hash]].Name}; both count.");
            }
        }
    }
}
