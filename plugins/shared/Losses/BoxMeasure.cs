namespace PluginPrune.Shared.Losses;

/// <summary>What tells how well two boxes agree: 1 where they are equal.</summary>
internal enum BoxMeasure
{
    /// <summary>Intersection over union.</summary>
    Iou,

    /// <summary>IoU, less the share of the smallest box around both that neither covers (Rezatofighi et al. 2019, algorithm 1).</summary>
    Giou,

    /// <summary>IoU, less the squared distance of the centres by the squared diagonal around both (Zheng et al. 2020, equation 7).</summary>
    Diou,

    /// <summary>DIoU, less a term for the aspect ratio (Zheng et al. 2020, equations 8 to 11); its factor alpha is held constant.</summary>
    Ciou,
}
