namespace PluginPrune.DatasetCoco.Reading;

/// <summary>An object as the file has it: as little as is needed, since there may be a million.</summary>
internal struct CocoAnnotation()
{
    public long? Id { get; set; }

    public long? ImageId { get; set; }

    public long? CategoryId { get; set; }

    public double Left { get; set; } = double.NaN;

    public double Top { get; set; } = double.NaN;

    public double Width { get; set; } = double.NaN;

    public double Height { get; set; } = double.NaN;

    /// <summary>How many numbers its box has: 4 in good order, 0 where there is none.</summary>
    public int Numbers { get; set; }

    public double? Area { get; set; }

    public bool IsCrowd { get; set; }
}
