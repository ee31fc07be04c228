namespace PluginPrune.Core.Training;

/// <summary>What tells how well an anchor fits an object.</summary>
public enum AnchorMeasure
{
    /// <summary>The IoU of their sizes (Redmon and Farhadi 2016, section 2).</summary>
    Iou,

    /// <summary>How much smaller one is at the side where they differ most, as YOLOv5 has it; nothing where that is four times or more.</summary>
    Sides,
}
