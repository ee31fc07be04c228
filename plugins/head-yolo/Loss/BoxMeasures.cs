using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>What each box loss measures.</summary>
internal static class BoxMeasures
{
    public static BoxMeasure Measure(this BoxLoss loss) => loss switch
    {
        BoxLoss.Iou => BoxMeasure.Iou,
        BoxLoss.Giou => BoxMeasure.Giou,
        BoxLoss.Diou => BoxMeasure.Diou,
        _ => BoxMeasure.Ciou,
    };
}
