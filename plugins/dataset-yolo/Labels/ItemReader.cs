using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetYolo.Layout;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Labels;

/// <summary>Reads the labels of pictures. Safe from every thread.</summary>
internal sealed class ItemReader(FileIndex index, PictureSet set)
{
    private readonly int? _classes = set.ClassNames.IsEmpty ? set.Classes : set.ClassNames.Length;

    public DatasetItem Read(PictureFile picture)
    {
        if (picture.Fault is { Severity: FaultSeverity.Error } missing)
        {
            return PictureFiles.Missing(picture.Path, missing);
        }

        string path = picture.Path;
        ImmutableArray<DatasetFault> faults = picture.Fault is { } odd ? [odd] : [];
        var item = new DatasetItem(UserPath.Of(path), () => File.OpenRead(path), []) { Unit = BoxUnit.Relative };
        if (LabelPaths.Find(index, picture) is not var (label, differsInCase))
        {
            return item with
            {
                Faults = faults.Add(new DatasetFault(FaultSeverity.Note, "no label file", item.Name, null, "It has no label file and counts as a picture without objects.")),
            };
        }

        if (differsInCase)
        {
            faults = faults.Add(new DatasetFault(
                FaultSeverity.Warning, "name differs in case", UserPath.Of(label), null, $"The labels are those of {item.Name}, whose name is written otherwise; other systems will not find them."));
        }

        LabelText labels = ReadLabels(label);
        return item with { LabelFile = label, Labels = labels.Labels, Faults = faults.AddRange(labels.Faults) };
    }

    private LabelText ReadLabels(string label)
    {
        string file = UserPath.Of(label);
        try
        {
            return LabelText.Parse(TextFile.ReadOrEmpty(label), file, _classes, set.KeypointColumns);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputException)
        {
            return new LabelText([], [new DatasetFault(FaultSeverity.Error, "unreadable label file", file, null, $"It cannot be read: {error.Message}")]);
        }
    }
}
