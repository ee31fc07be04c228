using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetCoco.Reading;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCoco;

/// <summary>An item while its annotations are gathered.</summary>
/// <param name="image">The picture as the file has it.</param>
/// <param name="path">Its full path.</param>
internal sealed class PictureDraft(CocoImage image, string path)
{
    private readonly List<ObjectLabel> _labels = [];
    private readonly List<DatasetFault> _faults = [];

    public string Path { get; } = path;

    public long Id { get; } = image.Id!.Value;

    public string FileName { get; } = image.FileName!;

    public void Fault(FaultSeverity severity, string kind, string file, string message) => _faults.Add(new DatasetFault(severity, kind, file, null, message));

    public void Add(ObjectLabel label, string file, string name)
    {
        if (_labels.Exists(other => other.ClassIndex == label.ClassIndex && other.Box == label.Box))
        {
            Fault(FaultSeverity.Note, "duplicate box", file, $"{name} has the same class and box as another one of '{FileName}'; both count, as they do elsewhere.");
        }

        _labels.Add(label);
    }

    public DatasetItem ToItem()
    {
        // Not through 'this': the item would hold on to the draft.
        string picture = Path;
        return new DatasetItem(UserPath.Of(picture), () => File.OpenRead(picture), [.. _labels])
        {
            ClaimedWidth = image.Width,
            ClaimedHeight = image.Height,
            Faults = [.. _faults],
        };
    }
}
