using PluginPrune.Core.Images.Pipeline;

namespace PluginPrune.Core.Images;

/// <summary>
/// Reads pictures and makes batches of them on threads of its own, ahead of whoever runs the network. What comes out depends on
/// the items alone, never on how the threads fared.
/// </summary>
public sealed class PicturePipeline
{
    private readonly PicturePipelineOptions _options;
    private readonly NetworkInputWriter _writer;

    /// <summary>Prepares a pipeline.</summary>
    /// <param name="options">How pictures become batches.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    /// <exception cref="Contracts.Networks.NetworkException">The preprocessing contradicts itself.</exception>
    public PicturePipeline(PicturePipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Ahead, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InUse, 1);
        _options = options;
        _writer = new NetworkInputWriter(options.Preprocessing);
    }

    /// <summary>
    /// The items in their order, in batches. Threads start with the first batch that is asked for, and end with the last one, or
    /// when the enumeration is given up.
    /// </summary>
    /// <param name="items">What to read. A picture that cannot be read does not stop the others; it carries its error.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="JpegLibraryException">There is a JPEG among them and libturbojpeg is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<PictureBatch> Read(IReadOnlyList<PictureItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Enumerate(items, cancellationToken);
    }

    private IEnumerable<PictureBatch> Enumerate(IReadOnlyList<PictureItem> items, CancellationToken cancellationToken)
    {
        var counts = new PipelineCounts(_writer.Channels, _options.Threads, _options.Ahead, _options.InUse);
        using var run = new PipelineRun<PreparedPicture>(
            PictureWorker.Split(items, _options), counts, () => new PictureWorker(_options, _writer, items), cancellationToken);
        while (run.Next() is { } batch)
        {
            yield return new PictureBatch(batch.ToInput(_writer.Channels), [.. batch.Items]);
        }
    }
}
