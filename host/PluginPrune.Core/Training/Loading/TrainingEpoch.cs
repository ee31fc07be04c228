using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>A walk through all pictures, or the rest of one.</summary>
/// <param name="Number">The epoch, from 0: chooses the order and what becomes of each picture.</param>
public sealed record TrainingEpoch(int Number)
{
    /// <summary>The batch to begin with, where a training goes on in the middle; what comes is what would have come.</summary>
    /// <value>The default is 0.</value>
    public int FirstBatch { get; init; }

    /// <summary>How many batches are used at once, at least 1: a batch's memory is the loader's again as soon as so many later ones have been asked for.</summary>
    /// <value>The default is 1: as soon as the next one is.</value>
    public int InUse { get; init; } = 1;

    /// <summary>The size of a batch's input, by the batch's index in the epoch; asked once for each batch before the first one is made.</summary>
    /// <value>The default, null, is the loader's for all.</value>
    public Func<int, PictureSize>? SizeOf { get; init; }

    /// <summary>How pictures are changed in this epoch, for instance without mosaic in the last ones.</summary>
    /// <value>The default, null, is as the loader's options say.</value>
    public AugmentationSettings? Augmentation { get; init; }
}
