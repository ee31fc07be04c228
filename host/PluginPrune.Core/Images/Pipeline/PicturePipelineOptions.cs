using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Images;

/// <summary>How pictures become batches.</summary>
public sealed record PicturePipelineOptions
{
    /// <summary>How a picture becomes the network's input.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>The size of the network's input.</summary>
    public required PictureSize InputSize { get; init; }

    /// <summary>The pictures of a batch, at least 1; the last one may have fewer.</summary>
    /// <value>The default is 1.</value>
    public int BatchSize { get; init; } = 1;

    /// <summary>How many threads decode and resize, at least 1.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many batches are made ahead of those in use, at least 1; they are what the pipeline takes in memory.</summary>
    /// <value>The default, null, keeps every thread busy: two pictures a thread, and at least two batches.</value>
    public int? Prefetch { get; init; }

    /// <summary>How many batches are in use at once, at least 1: a batch's memory is the pipeline's again when so many more have been asked for.</summary>
    /// <value>The default is 1.</value>
    public int InUse { get; init; } = 1;

    /// <summary>Whether batches carry the decoded pictures too, to be drawn on. They take memory of their own.</summary>
    public bool KeepsPictures { get; init; }

    /// <summary>Where a picture of a size goes in an input of a size.</summary>
    /// <value>The default, null, does as <see cref="Contracts.Networks.Preprocessing.Resize"/> says.</value>
    public Func<PictureSize, PictureSize, PicturePlacement>? Place { get; init; }

    internal int Ahead => Prefetch ?? Math.Max(2, ((2 * Threads) + BatchSize - 1) / BatchSize);
}
