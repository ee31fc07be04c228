using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.Core.Data;

/// <summary>Labels in pixels of their picture.</summary>
public static class PixelLabels
{
    /// <summary>Boxes in pixels, cut off at the picture's edges; those of which nothing is left are left out.</summary>
    /// <param name="item">The picture.</param>
    /// <param name="width">Its real width in pixels, upright.</param>
    /// <param name="height">Its real height in pixels, upright.</param>
    public static ImmutableArray<ObjectLabel> Of(DatasetItem item, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(item);
        var labels = ImmutableArray.CreateBuilder<ObjectLabel>(item.Labels.Length);
        foreach (ObjectLabel label in item.Labels)
        {
            Box box = (item.Unit == BoxUnit.Relative ? label.Box.Scale(width, height) : label.Box).Clip(width, height);
            if (!box.IsEmpty)
            {
                labels.Add(label with { Box = box });
            }
        }

        return labels.DrainToImmutable();
    }
}
