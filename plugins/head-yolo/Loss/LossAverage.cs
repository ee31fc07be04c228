namespace PluginPrune.HeadYolo.Loss;

/// <summary>Over what the losses of positive anchors are averaged.</summary>
public enum LossAverage
{
    /// <summary>Over all positive anchors of the batch: how much boxes pull does not depend on how many there are.</summary>
    Positives,

    /// <summary>Over the batch's pictures: each object pulls alike, as in Darknet. The gains are then those of one object.</summary>
    Pictures,
}
