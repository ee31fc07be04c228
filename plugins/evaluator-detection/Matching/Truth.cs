using System.Runtime.InteropServices;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>An object to be found.</summary>
/// <param name="Box">Where.</param>
/// <param name="Area">Its size in square pixels: the object's own where the dataset knows it, else the box's.</param>
/// <param name="IsCrowd">Whether it stands for many, so that any number of detections may fall to it.</param>
/// <param name="IsIgnored">Whether finding it counts neither for nor against.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Truth(Box Box, double Area, bool IsCrowd, bool IsIgnored)
{
    public static Truth Of(ObjectLabel label) =>
        new(label.Box, label.Area ?? label.Box.Area, label.IsCrowd, label.IsCrowd || label.IsDifficult);

    /// <summary>Intersection over union; with a crowd the share of the detection that lies in it, as COCO has it.</summary>
    public double Overlap(Box detection)
    {
        double shared = detection.Intersect(Box);
        return shared <= 0 ? 0 : shared / (IsCrowd ? detection.Area : detection.Area + Box.Area - shared);
    }
}
