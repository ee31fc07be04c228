namespace PluginPrune.DatasetCoco.Reading;

/// <summary>What is needed of a file of annotations.</summary>
internal sealed class Instances
{
    public List<CocoImage> Images { get; } = [];

    public List<CocoCategory> Categories { get; } = [];

    public List<CocoAnnotation> Annotations { get; } = [];

    /// <summary>Which of the three lists the file has.</summary>
    public HashSet<string> Sections { get; } = new(StringComparer.Ordinal);
}
