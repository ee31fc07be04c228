using PluginPrune.Contracts.Detections;

namespace PluginPrune.Contracts.Datasets;

/// <summary>An object on a picture.</summary>
/// <param name="ClassIndex">What it is, from 0: an index into the dataset's classes.</param>
/// <param name="Box">Where it is, in the item's unit.</param>
public sealed record ObjectLabel(int ClassIndex, Box Box)
{
    /// <summary>Whether the box stands for many objects (COCO's iscrowd): what is found in it counts neither for nor against.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>Whether the object is hard to see (VOC's difficult): finding it counts neither for nor against.</summary>
    public bool IsDifficult { get; init; }

    /// <summary>The object's own area in square pixels of the photo, where the dataset knows it (COCO's segments), or null.</summary>
    public double? Area { get; init; }

    /// <summary>The 1-based line of the label in its file, or null.</summary>
    public int? Line { get; init; }
}
