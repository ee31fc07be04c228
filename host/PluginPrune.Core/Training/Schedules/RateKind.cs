namespace PluginPrune.Core.Training;

/// <summary>How the learning rate falls after the warm-up.</summary>
public enum RateKind
{
    /// <summary>Half a cosine from the first rate to the last (Loshchilov and Hutter 2017, equation 5, without restarts).</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,

    /// <summary>Times 0.1 after 70 % and again after 90 % of the training, as the YOLOv3 scripts do.</summary>
    Step,

    /// <summary>It stays.</summary>
    Constant,
}
