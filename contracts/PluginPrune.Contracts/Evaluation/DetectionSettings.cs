using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>How objects are found on pictures.</summary>
public sealed record DetectionSettings
{
    /// <summary>A box counts for a class where objectness x class score is above it, 0 to 1.</summary>
    /// <value>The default is 0.25.</value>
    public double Confidence { get; init; } = 0.25;

    /// <summary>Boxes that overlap a better one by an IoU above it are suppressed, 0 to 1.</summary>
    /// <value>The default is 0.45.</value>
    public double Iou { get; init; } = 0.45;

    /// <summary>How boxes are suppressed.</summary>
    /// <value>The default is <see cref="Suppression.PerClass"/>.</value>
    public Suppression Suppression { get; init; } = Suppression.PerClass;

    /// <summary>Whether a box may stand for several classes, or for its best alone.</summary>
    public bool IsMultiLabel { get; init; }

    /// <summary>
    /// Whether a network of one class scores a box by its objectness alone. The published Python scripts never train the class
    /// of such a network, so that its score means nothing.
    /// </summary>
    public bool IgnoresOnlyClass { get; init; }

    /// <summary>The most objects of a picture, best first; 0 for no limit.</summary>
    /// <value>The default is 300.</value>
    public int MaximumDetections { get; init; } = 300;

    /// <summary>The most boxes of a class and picture that are considered, best first; 0 for no limit.</summary>
    public int MaximumPerClass { get; init; }

    /// <summary>Boxes whose width or height in pixels of the network's input is not above it are left out.</summary>
    public double MinimumSide { get; init; }

    /// <summary>Whether boxes are cut at the photo's edges.</summary>
    /// <value>The default is true.</value>
    public bool Clips { get; init; } = true;

    /// <summary>How a photo is fitted to the input, or null for what the network asks for.</summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>How pixels are computed where a photo is resized, or null for what the network asks for.</summary>
    public Interpolation? Interpolation { get; init; }

    /// <summary>
    /// How many pictures, sorted by their proportions, share an input that is about as large as they need, as YOLOv5 validates
    /// ('rect'); 0 for the network's own input for all. Pictures are then letterboxed, and the network is compiled for each size.
    /// </summary>
    public int RectangularBatch { get; init; }

    /// <summary>How many pictures the engine takes at once, at least 1.</summary>
    /// <value>The default is 1.</value>
    public int BatchSize { get; init; } = 1;
}
