using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>How labelled pictures become batches to learn from.</summary>
public sealed record TrainingLoaderOptions
{
    /// <summary>How a picture becomes the network's input. Samples of four pictures fit each of them as it says, too.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>
    /// The size of the network's input. Pictures are brought to it before anything else happens; batches of another size are scaled
    /// from there.
    /// </summary>
    public required PictureSize InputSize { get; init; }

    /// <summary>The pictures of a batch, at least 1; the last one of an epoch may have fewer.</summary>
    /// <value>The default is 16.</value>
    public int BatchSize { get; init; } = 16;

    /// <summary>What chance the samples are left to. One seed, one sequence of batches, whatever the number of threads.</summary>
    public int Seed { get; init; }

    /// <summary>How pictures are changed, where an epoch does not say otherwise.</summary>
    /// <value>The default is not at all.</value>
    public AugmentationSettings Augmentation { get; init; } = AugmentationPresets.None;

    /// <summary>Whether each epoch has an order of its own, or all have the dataset's.</summary>
    /// <value>The default is an order of its own.</value>
    public bool Shuffles { get; init; } = true;

    /// <summary>Which class of the network each class of the dataset is; objects of other classes are left out, and pictures that show them as a whole.</summary>
    /// <value>The default, null, is that they are the same.</value>
    public ClassMapping? Classes { get; init; }

    /// <summary>What becomes of pictures that cannot be read; the next one takes the place of one that is passed over.</summary>
    /// <value>The default, null, is that the first one stops the work.</value>
    public BadPictures? BadPictures { get; init; }

    /// <summary>How many threads make samples, at least 1.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many batches are made ahead of the one in use, at least 1; they are what the loader takes in memory, beside <see cref="CacheBytes"/>.</summary>
    /// <value>The default, null, keeps every thread busy: two samples a thread, and at least two batches.</value>
    public int? Prefetch { get; init; }

    /// <summary>
    /// The most bytes of pictures, decoded and brought to the input's size, that are kept from one sample to the next; 0 for none. What
    /// does not fit is read anew each time. Batches do not depend on it.
    /// </summary>
    /// <value>The default is 1 GiB: about 2,700 photos at 416 pixels.</value>
    public long CacheBytes { get; init; } = 1L << 30;

    internal int Ahead => Prefetch ?? Math.Max(2, ((2 * Threads) + BatchSize - 1) / BatchSize);
}
