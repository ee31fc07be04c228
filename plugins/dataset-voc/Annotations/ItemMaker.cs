using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetVoc.Layout;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetVoc.Annotations;

/// <summary>Makes items of a dataset from pictures and their annotations.</summary>
internal sealed class ItemMaker(ImmutableArray<string> names, BoxNumbers numbers)
{
    private readonly Dictionary<string, int> _classes = names.Select(static (name, index) => (name, index))
        .DistinctBy(static pair => pair.name, StringComparer.Ordinal)
        .ToDictionary(static pair => pair.name, static pair => pair.index, StringComparer.Ordinal);

    public DatasetItem Make(VocPicture picture, Annotation? annotation)
    {
        if (picture.Fault is { Severity: FaultSeverity.Error } missing)
        {
            return PictureFiles.Missing(picture.Path, missing);
        }

        string path = picture.Path;
        ImmutableArray<DatasetFault> faults = picture.Fault is { } odd ? [odd] : [];
        var item = new DatasetItem(UserPath.Of(path), () => File.OpenRead(path), []);
        if (annotation is null)
        {
            return item with
            {
                Faults = faults.Add(new DatasetFault(
                    picture.IsListed ? FaultSeverity.Warning : FaultSeverity.Note, "no label file", item.Name, null, "It has no annotations and counts as a picture without objects.")),
            };
        }

        (ImmutableArray<ObjectLabel> labels, ImmutableArray<DatasetFault> wrong) = MakeLabels(annotation, UserPath.Of(picture.Annotation!));
        return item with
        {
            LabelFile = picture.Annotation,
            Labels = labels,
            ClaimedWidth = annotation.Width,
            ClaimedHeight = annotation.Height,
            Faults = [.. faults, .. annotation.Faults, .. wrong],
        };
    }

    private (ImmutableArray<ObjectLabel> Labels, ImmutableArray<DatasetFault> Faults) MakeLabels(Annotation annotation, string file)
    {
        var labels = ImmutableArray.CreateBuilder<ObjectLabel>(annotation.Objects.Length);
        var faults = ImmutableArray.CreateBuilder<DatasetFault>();
        var first = new Dictionary<(string, Box), int>();
        foreach (AnnotatedObject thing in annotation.Objects)
        {
            Box corners = thing.Corners;
            if (!_classes.TryGetValue(thing.Name, out int index))
            {
                faults.Add(new DatasetFault(FaultSeverity.Error, "unknown class", file, thing.Line, $"The class '{thing.Name}' is not among the names of the dataset."));
            }
            else if (corners.IsEmpty)
            {
                string box = string.Create(CultureInfo.InvariantCulture, $"from {corners.Left}, {corners.Top} to {corners.Right}, {corners.Bottom}");
                faults.Add(new DatasetFault(FaultSeverity.Warning, "degenerate box", file, thing.Line, $"The box of a '{thing.Name}' goes {box}; it was left out."));
            }
            else
            {
                if (!first.TryAdd((thing.Name, corners), thing.Line))
                {
                    faults.Add(new DatasetFault(
                        FaultSeverity.Note, "duplicate box", file, thing.Line, $"The same box of the same class stands in line {first[(thing.Name, corners)]}; both count, as they do elsewhere."));
                }

                Box box = numbers == BoxNumbers.Inclusive ? corners with { Left = corners.Left - 1, Top = corners.Top - 1 } : corners;
                labels.Add(new ObjectLabel(index, box) { IsDifficult = thing.IsDifficult, Line = thing.Line });
            }
        }

        return (labels.DrainToImmutable(), faults.DrainToImmutable());
    }
}
