namespace PluginPrune.Contracts.Datasets;

/// <summary>The unit of a label's box.</summary>
public enum BoxUnit
{
    /// <summary>Pixels of the photo, upright as its EXIF orientation says; 0, 0 is the upper left corner of the first pixel.</summary>
    Pixels,

    /// <summary>Shares of the photo's width and height, 0 to 1.</summary>
    Relative,
}
